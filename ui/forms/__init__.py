"""The sheets in the action column: one small form for each thing that can be charted."""
