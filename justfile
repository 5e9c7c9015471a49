# Shorter commands. `bash tests/run` is all that must pass.
default:
    @just --list

# everything that must pass
ci:
    bash tests/run

# the tests alone
test *arguments:
    cargo test {{arguments}}

# the promises of the formatter and the round trips, over many generated files
test-long cases="100000":
    JIXIAO_CASES={{cases}} cargo test --release --test suites format::
    cargo test --release --test suites -- round_trip:: --ignored
    JIXIAO_CASES=10000 cargo test --release --test suites -- session:: lsp::

# accept changed snapshots, then read the diff
bless:
    INSTA_UPDATE=always cargo test --test suites cases::
    git diff --stat tests/snapshots

# the compiler in one web page, which needs no installing: target/jixiao.html (needs rust-src, node and xz)
page:
    cd editors/page && RUSTC_BOOTSTRAP=1 cargo build --locked --profile page
    node editors/page/build.mjs target/page/wasm32-unknown-unknown/page/jixiao_page.wasm target/jixiao.html

# one style
fmt:
    cargo fmt --package jixiao --package jixiao-page

# the documentation of the library
doc:
    cargo doc --no-deps --open

# speed and memory as ratios of one run
bench largest="100000":
    cargo bench --bench ratios -- {{largest}}

# this build against a kept older one: memory, CPU, sizes
against projects="10000":
    cargo bench --bench against -- {{projects}}

# licences and sources of the dependencies
deny:
    cargo deny check licenses bans sources

# each reader and the language against made-up bytes, so many seconds each (needs nightly Rust and cargo-fuzz)
fuzz seconds="60" *targets="text docx xlsx html mhtml csv json import language":
    #!/usr/bin/env bash
    set -euo pipefail
    for target in {{targets}}; do
      echo "== $target"
      mkdir -p "fuzz/corpus/$target"
      # Nothing here is unsafe: a sanitizer would find nothing and take half the speed.
      cargo +nightly fuzz run --sanitizer none "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
        -max_total_time={{seconds}} -timeout=20 -rss_limit_mb=4096
    done

# the pictures of the README, by the browser of the tests
pictures:
    #!/usr/bin/env bash
    set -euo pipefail
    cargo build --quiet
    target/debug/jixiao build examples/yutian-2025 --to html -o target/pictures --lang zh --quiet
    told=$(mktemp)
    target/debug/jixiao --lang zh serve examples/yutian-2025 > "$told" &
    trap 'kill $!; rm "$told"' EXIT
    until grep -q http "$told"; do sleep 0.1; done
    node tests/browser/pictures.mjs target/pictures/report.html "$(grep -o 'http://[^ ]*' "$told")" docs/pictures