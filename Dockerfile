# recoupe and nothing else: `docker build -t recoupe .`, then `docker run --rm -v "$PWD:/drafts:ro" recoupe check /drafts`.
# For the service: `docker run --rm -p 127.0.0.1:8750:8750 recoupe serve --listen 0.0.0.0:8750`.
FROM rust:1.91.1-slim-bookworm AS build
WORKDIR /src
COPY . .
# The C library goes into the program, so that it needs no other file.
RUN RUSTFLAGS="-C target-feature=+crt-static" \
    cargo build --release --locked --bin recoupe --target "$(rustc -vV | sed -n 's/^host: //p')" \
    && cp target/*/release/recoupe /recoupe

FROM scratch
COPY --from=build /recoupe /usr/bin/recoupe
COPY LICENSE LICENSE-APACHE LICENSE-MIT NOTICE NOTICE-CRATES /usr/share/doc/recoupe/
USER 65534:65534
WORKDIR /drafts
ENTRYPOINT ["/usr/bin/recoupe"]
CMD ["--help"]
