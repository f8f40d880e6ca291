# Every target installs what it needs and nothing twice. `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# What pulumi up will be looked for on, where it is typed without make.
SHELL_PATH := $(PATH)
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
STACK ?= local
PLUGINS ?= stand-in

# npm writes this file at the end of an install, so it is older than the lockfile until one succeeded.
PACKAGES := node_modules/.package-lock.json
$(PACKAGES): package-lock.json package.json
	@command -v npm >/dev/null || { echo "npm is not on PATH. Install any current Node.js; it brings npm."; exit 1; }
	npm ci --no-progress --loglevel=error
	@touch $@

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

.PHONY: up
up: $(PACKAGES) ## Bring the local stack up: real engine, real API server (STACK=local, PLUGINS=stand-in|real)
	@node local/cli.ts up --stack $(STACK) --plugins $(PLUGINS)

.PHONY: down
down: $(PACKAGES) ## Destroy the local stack and stop all that make up started (FORCE=1 throws it away as it is)
	@node local/cli.ts down --stack $(STACK) --plugins $(PLUGINS) $(if $(FORCE),--force)

.PHONY: status
status: $(PACKAGES) ## Say what is running locally
	@node local/cli.ts status --stack $(STACK)

.PHONY: plan
plan: $(PACKAGES) ## Show what a stack would be, offline, in out/STACK (STACK=local|dev|staging|prod CLUSTER=eks|aks)
	@# Node's usual allowance for young objects, three times 32 MB, makes a plan no faster: it ends first.
	@node --max-semi-space-size=4 plan/cli.ts --stack $(STACK) --cluster "$(CLUSTER)"

.PHONY: charts-check
charts-check: $(PACKAGES) ## Compare every value with the charts' own and keep the result (CHARTS=folder of charts)
	@node plan/charts/cli.ts --charts "$(CHARTS)"

.PHONY: charts-render
charts-render: $(PACKAGES) ## Render every release with helm and have an API server judge it (CHARTS=folder of charts)
	@node plan/charts/render-cli.ts --charts "$(CHARTS)"

.PHONY: charts-outdated
charts-outdated: $(PACKAGES) ## Ask the repositories of the charts for versions newer than the pinned ones
	@node plan/charts/outdated-cli.ts

.PHONY: doctor
doctor: $(PACKAGES) ## Say what the first up of a stack still needs: tools, sign-in, quotas, state (STACK=prod CLUSTER=eks|aks)
	@node local/cli.ts doctor --stack "$(STACK)" --cluster "$(CLUSTER)" --path "$(SHELL_PATH)"

.PHONY: test
test: $(PACKAGES) ## Run every tier, the end-to-end ones included, and print minutes per tier
	@node tests/run.ts

.PHONY: check
check: $(PACKAGES) ## Format, lint, types, unit and component tests: what one runs all day
	@node tests/run.ts --tier static --tier unit --tier components

.PHONY: tier
tier: $(PACKAGES) ## Run one tier of the tests (TIER=unit|components|architecture|plan|stacks|e2e)
	@node tests/run.ts --tier $(or $(TIER),unit)

.PHONY: e2e
e2e: $(PACKAGES) ## Only the end-to-end tests
	@node tests/run.ts --tier tools --tier e2e

.PHONY: bench
bench: $(PACKAGES) ## Measure plan, up, preview and destroy against their floors
	@node tests/bench/bench.ts

.PHONY: generate
generate: $(PACKAGES) ## Write the generated files again: schema of the stack files, golden lists, formatting
	@node config/generate-schema.ts
	@node config/generate-examples.ts
	@node tests/plan/golden/update.ts
	@node tests/plan/add-ons/update.ts
	@node tests/plan/unchecked-kinds/update.ts
	@node tests/plan/custom-resource-fields/update.ts
	@node tests/plan/secure-clusters/update.ts
	@node tests/plan/route-fields/update.ts
	@prettier --write --log-level warn .

.PHONY: clean
clean: ## Remove what was built and downloaded; refuses while the local stack is up
	@if [ -e .local/control-plane.json ]; then echo "The local stack is up. Run make down first."; exit 1; fi
	rm -rf node_modules .tools .local .e2e out coverage
