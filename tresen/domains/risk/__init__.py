"""Risk: whether an order or a sign-in looks like somebody is being cheated, and why.

Owns:   what was seen of orders and sign-ins (under keyed fingerprints), scores with their reasons,
        reviews, objections, weights and thresholds with their versions, lists of abuse.
Announces: nothing; a decision of a person shows in the order's story.
Never:  refuses anything by itself (people do), uses a name or a nationality, scores by an address
        alone (§ 31 BDSG), keeps the address of a connection.
"""
