"""Files of a catalogue: read record by record, mapped to our words, written again."""
