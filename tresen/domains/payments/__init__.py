"""Payments: which money was promised, moved and given back, and the books that prove it.

Owns:   payments, their events, refunds, providers' notices, the double-entry ledger.
Announces: PaymentCaptured, PaymentFailed, PaymentQuarantined, RefundRequested, PaymentRefunded,
        RefundFailed.
Never:  sets a price or a total (orders), calls a provider by itself (adapters), keeps card numbers.
"""
