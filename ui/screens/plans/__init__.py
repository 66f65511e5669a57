"""The supervisor's plans: the visits that nurses are asked for, made, changed and taken back."""
