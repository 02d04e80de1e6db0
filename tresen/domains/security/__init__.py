"""Security: what proves the audit, and what to do when something got out.

Owns:   the chain over the audit and its seals, where their roots were kept outside, examinations of
        the chain, the register of incidents, the freeze.
Announces: nothing.
Never:  writes deeds (foundation.audit), knows people (privacy), signs anybody in (accounts).
"""
