"""What the figures of a table are: their statistic, unit, measure, label and dimensions."""
