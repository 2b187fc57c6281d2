# Short names for what bootstrap.py does; without make: python3 bootstrap.py run
.PHONY: run test check install begin

run test check install begin:
	@python3 bootstrap.py $@
