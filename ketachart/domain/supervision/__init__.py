"""What a supervisor sees of the nurses' signed reports: the queue, what stands out, and trends."""
