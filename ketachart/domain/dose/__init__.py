"""The arithmetic of the dose: weights, draws, strengths, rates, drops."""
