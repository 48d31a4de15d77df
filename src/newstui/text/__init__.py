"""Pure functions over `str`: hygiene, segmentation, spans, wrapping, anchoring."""
