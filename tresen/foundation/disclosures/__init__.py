"""Who received what about whom, why and when: noted before it leaves (Art. 15(1)(c) GDPR)."""
