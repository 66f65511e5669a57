"""The supervisor's room: the reports that wait, reading one, the verdict, questions, trends."""
