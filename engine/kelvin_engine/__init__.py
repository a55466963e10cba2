"""Kelvin's self-play on the engines of the field: TRL's GRPO trainer, and Ray where one machine is not enough."""
