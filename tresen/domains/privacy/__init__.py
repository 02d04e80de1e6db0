"""Privacy: what people may ask of us about their data, and what we owe them by when.

Owns:   persons as data subjects, consents and their texts, objections, requests and their clocks,
        exports, legal holds, restrictions, runs of the retention engine.
Announces: RequestReceived, RequestAnswered.
Never:  touches the tables of another domain (workflows/trusting does, by the registry), decides
        what to advertise (marketing), keeps keys (foundation/vault).
"""
