"""The register of incidents: clocks, whom they touch, notices, the freeze."""
