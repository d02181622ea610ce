"""The HTTP server of `kg serve`, on the standard library's: one thread a request, reading only."""

from __future__ import annotations

import ipaddress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from kg.errors import KgError
from kg.serve.protocol import Query, Refused, answer, best, parse_request, run
from kg.serve.reader import Reader, table
from kg.store import open_store

_LARGEST = 1_000_000
"""The bytes of a request's body: a query is text that someone wrote."""
_OWN = Path(__file__).parent / "pages"
_ASSETS = {"/reader.css": "text/css", "/reader.js": "text/javascript"}
_FILES = {
    "/graph": ("index.html", "text/html"),
    "/graph.ttl": ("graph.ttl", "text/turtle"),
    "/graph.trig": ("graph.trig", "application/trig"),
}
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"


def serve(out: str | Path = "out", host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serves the build in `out` until interrupted: / the articles, /graph the page, /sparql the endpoint.

    Raises KgError when `out` holds no build or the address cannot be used.
    """
    with make_server(out, host, port) as server:
        server.serve_forever()


def make_server(out: str | Path = "out", host: str = "127.0.0.1", port: int = 8000) -> ThreadingHTTPServer:
    """The server, bound to its address (`server_port` tells which where `port` is 0) and not yet running."""
    store = open_store(out)
    shared = {"store": store, "reader": Reader(store), "out": Path(out), "local": _is_loopback(host)}
    handler = type("Handler", (_Handler,), shared)
    try:
        return ThreadingHTTPServer((host, port), handler)
    except (OSError, OverflowError) as error:
        raise KgError(f"cannot listen at {host}:{port} ({error}); choose another --port or --host") from error


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    store: ox.Store
    reader: Reader
    out: Path
    local: bool
    """Whether the server listens on a loopback address only."""
    server_version = "kg"
    sys_version = ""

    def do_GET(self) -> None:
        """A page, a file or a query."""
        self._answered("GET")

    def do_HEAD(self) -> None:
        """The same without the body."""
        self._answered("GET")

    def do_POST(self) -> None:
        """A query."""
        self._answered("POST")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal stays the user's."""

    def _answered(self, method: str) -> None:
        try:
            self._check_host()
            self._answer(method)
        except Refused as refused:
            self._send(refused.status, "text/plain", f"{refused}\n".encode())

    def _check_host(self) -> None:
        """A server on the loopback answers to loopback names only, or a web page could reach it through a name of
        its own that it lets point here (DNS rebinding)."""
        name = urlsplit("//" + self.headers.get("Host", "localhost")).hostname or ""
        if self.local and not _is_loopback(name):
            raise Refused(403, f"{name} is not a name of this machine's own; use localhost")

    def _answer(self, method: str) -> None:
        url = urlsplit(self.path)
        if url.path == "/sparql":
            self._sparql(method, url.query)
        elif method == "POST":
            raise Refused(405, "only /sparql takes POST")
        elif url.path == "/":
            self._page(self.reader.index())
        elif url.path == "/article":
            iri = parse_qs(url.query).get("iri", [""])[0]
            page = self.reader.article(iri)
            if page is None:
                raise Refused(404, f"no article {iri!r} in this build; / lists them all")
            self._page(page)
        elif url.path in _ASSETS:
            self._send(200, _ASSETS[url.path], (_OWN / url.path[1:]).read_bytes())
        elif url.path in _FILES:
            name, media_type = _FILES[url.path]
            if not (self.out / name).is_file():
                raise Refused(404, f"{self.out / name} is missing; build again")
            self._send(200, media_type, (self.out / name).read_bytes())
        else:
            raise Refused(404, f"nothing at {url.path}; see /, /graph, /sparql, /graph.ttl, /graph.trig")

    def _sparql(self, method: str, parameters: str) -> None:
        query = parse_request(method, parameters, self.headers.get("Content-Type", ""), self._body(method))
        accept = self.headers.get("Accept", "*/*")
        if query is None:
            self._page(self.reader.form())
        elif "text/html" in accept and best(accept, ["application/sparql-results+json", "text/html"]) == "text/html":
            self._page(self._asked(query))
        else:
            given = answer(self.store, query, accept)
            self._send(200, given.media_type, given.body)

    def _asked(self, query: Query) -> str:
        """The answer to a person: a table, or what is wrong."""
        try:
            result = run(self.store, query)
            if isinstance(result, ox.QuerySolutions):
                return self.reader.form(query.text, *table(result))
            return self.reader.form(query.text, ["answer"], [[line] for line in _lines(result)])
        except Refused as refused:
            return self.reader.form(query.text, error=str(refused))

    def _body(self, method: str) -> bytes:
        if method != "POST":
            return b""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            raise Refused(411, "say the length of the query (Content-Length)")
        if int(length) > _LARGEST:
            raise Refused(413, f"a query has at most {_LARGEST} bytes")
        return self.rfile.read(int(length))

    def _page(self, html: str) -> None:
        self._send(200, "text/html", html.encode("utf-8"), _POLICY)

    def _send(self, status: int, media_type: str, body: bytes, policy: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _lines(result: ox.QueryBoolean | ox.QueryTriples) -> list[str]:
    if isinstance(result, ox.QueryBoolean):
        return ["true" if result else "false"]
    return sorted(str(triple) for triple in result)


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
