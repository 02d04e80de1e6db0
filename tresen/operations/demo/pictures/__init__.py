"""Pictures of the demo goods, drawn by our own code: flat shapes on paper, as SVG and WebP."""
