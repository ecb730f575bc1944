"""llmock with the same random faults each time. Takes the arguments of llmock."""

import random

from llmock.cli import app

random.seed(15)
app()
