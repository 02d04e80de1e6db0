"""Words without business."""
