"""Every file that may come from outside, damaged on purpose: what is opened must say so kindly."""
