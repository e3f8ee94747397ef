# 净稿. The two commands to know: make run, make test. The others: make help.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# A Go fetched at set-up comes before the system's.
export PATH := $(CURDIR)/build/.go/bin:$(CURDIR)/build/tools:$(PATH)
export GOTOOLCHAIN := local
TAGS := migrated_fynedo,no_emoji,ne
export GOFLAGS := -tags=$(TAGS) -buildvcs=false
export CGO_ENABLED := 1

VERSION := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
LDFLAGS := -s -w -X jinggao/app/cli.Version=$(VERSION)
WINDOWS := GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc GOFLAGS="-tags=$(TAGS),release -buildvcs=false"

GOLANGCI := v2.15.0
GOFUMPT := v0.12.0

.PHONY: help run build test test-windows windows build bench golden fuzz lint unit real-window setup-% clean

help: ## 本页
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: build ## 装好所需、编译、打开窗口并载入示例案卷（没有显示器时在终端完成同样的工作）
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec build/jinggao --sample; else .ci/sample-run build/jinggao; fi

build: setup-build
	go build -trimpath -ldflags "$(LDFLAGS)" -o build/jinggao .

setup-%:
	@.ci/setup $*

test: setup-test lint unit real-window ## 静态检查、单元测试（-race）、界面测试、虚拟显示器上的真窗口测试
	@.ci/shared-data build/jinggao

lint: setup-test
	@mkdir -p build/tools
	@[ -x build/tools/gofumpt ] || GOFLAGS= GOBIN=$(CURDIR)/build/tools go install mvdan.cc/gofumpt@$(GOFUMPT)
	@[ -x build/tools/golangci-lint ] || GOFLAGS= GOBIN=$(CURDIR)/build/tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)
	@files=$$(gofumpt -l main.go main_test.go app sanitize assets); if [ -n "$$files" ]; then echo "not gofumpt-ed:"; echo "$$files"; exit 1; fi
	go vet ./...
	golangci-lint run --timeout 20m

unit: setup-test
	.ci/with-display -- go test -race -timeout 40m ./...

real-window: build setup-test
	.ci/real-window build/jinggao

test-windows: setup-windows windows ## 交叉编译 Windows 版，在 Wine 里跑同样的窗口测试
	$(WINDOWS) go test -trimpath -c -o build/windows/held.test.exe ./sanitize
	.ci/real-window-wine build/windows

windows: setup-windows ## build/windows 下的 jinggao.exe（窗口）与 jinggao-cli.exe（命令行）
	@mkdir -p build/windows
	.ci/windows-resources
	$(WINDOWS) go build -trimpath -ldflags "$(LDFLAGS) -H=windowsgui" -o build/windows/jinggao.exe .
	$(WINDOWS) go build -trimpath -ldflags "$(LDFLAGS)" -o build/windows/jinggao-cli.exe .

bench: build ## 速度与内存：检测、读取、启动（并排比较，打印比值）
	.ci/bench build/jinggao
	.ci/bench-readers build/jinggao

golden: setup-test ## 重新生成界面基准（人工看过差异后再提交）
	-go test -count=1 ./app/ui/...
	@find app/ui -path '*/testdata/failed/*' -type f | while read -r new; do mv -v "$$new" "$${new/failed\//}"; done
	git diff --stat -- app/ui

clean: ## 删除 build
	chmod -R u+w build 2>/dev/null; rm -rf build
