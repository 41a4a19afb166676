//! The demo's server: `/` is `www/`, `/dist/` is `dist/`, `/docs/` is the documentation's site, on loopback only.
//!
//! It sends the strictest policy under which the widget promises to work, so that whatever breaks the promise
//! breaks the demo and the browser tests.
//!
//! Every connection has a thread of its own. tiny_http shares threads among connections and miscounts the free ones:
//! of six connections opened at once, as browsers do, two got no answer until another was closed, in 20 of 20 trials.

use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Result, anyhow};

use crate::project;

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:";
/// Not for the playground: it parses pasted HTML with `DOMParser`, which such a policy forbids.
const TRUSTED_TYPES: &str = "; require-trusted-types-for 'script'";
const PLAYGROUND: &str = "/playground.html";

/// What lies in `www/` for our tools only.
const PRIVATE: [&str; 4] = [
    "node_modules",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
];

/// Bytes of a request's head, and headers in it, that no browser exceeds here.
const MAX_HEAD: usize = 1 << 16;
const MAX_HEADERS: usize = 64;
/// How long a browser may keep a connection without asking for anything.
const IDLE: Duration = Duration::from_secs(60);

/// A server that runs until it is dropped.
pub struct Server {
    port: u16,
    stopping: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts serving the demo. Port 0 is any free one.
    pub fn start(port: u16) -> Result<Self> {
        Self::start_for(
            port,
            Folders {
                www: project::www(),
                dist: project::dist(),
                docs: project::site(),
            },
        )
    }

    fn start_for(port: u16, folders: Folders) -> Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let listener = listener.map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => {
                anyhow!(
                    "port {port} is taken; choose another with --port N (0 for any that is free)"
                )
            }
            _ => anyhow!("cannot listen on port {port}: {error}"),
        })?;
        let port = listener.local_addr()?.port();
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let folders = Arc::new(folders);
        let accepting = thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let folders = Arc::clone(&folders);
                // A browser that goes away in the middle is no concern of ours.
                thread::spawn(move || stream.and_then(|stream| converse(stream, &folders)));
            }
        });
        Ok(Self {
            port,
            stopping,
            accepting: Some(accepting),
        })
    }

    /// Returns the address of the demo's front page, without the last slash.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        // Whoever waits for a connection looks up when there is one.
        let woken = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let (Ok(_), Some(accepting)) = (woken, self.accepting.take()) {
            let _ = accepting.join();
        }
    }
}

/// Answers the requests of one connection, until the other side is content.
fn converse(mut stream: TcpStream, folders: &Folders) -> io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_nodelay(true)?;
    let mut received = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let (answer, is_last) = match Request::parse(&received) {
            Ok(Some(request)) => {
                let answer = (
                    answer(folders, request.method, request.path),
                    request.is_last,
                );
                received.drain(..request.n_bytes);
                answer
            }
            Ok(None) if received.len() < MAX_HEAD => {
                match stream.read(&mut chunk)? {
                    0 => return Ok(()),
                    n => received.extend_from_slice(&chunk[..n]),
                }
                continue;
            }
            _ => (Answer::plain("400 Bad Request", true), true),
        };
        stream.write_all(&answer.bytes(is_last))?;
        if is_last {
            return Ok(());
        }
    }
}

/// The head of a request; those that we answer have no body.
struct Request<'a> {
    method: &'a str,
    /// Without the query.
    path: &'a str,
    n_bytes: usize,
    /// Whether the connection ends with the answer.
    is_last: bool,
}

impl<'a> Request<'a> {
    /// Returns the request that `bytes` begin with, or nothing if more bytes are needed.
    fn parse(bytes: &'a [u8]) -> Result<Option<Self>, httparse::Error> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let httparse::Status::Complete(n_bytes) = request.parse(bytes)? else {
            return Ok(None);
        };
        let method = request.method.unwrap_or_default();
        let is_close = |header: &httparse::Header| {
            header.name.eq_ignore_ascii_case("connection")
                && header.value.eq_ignore_ascii_case(b"close")
        };
        Ok(Some(Self {
            method,
            path: request
                .path
                .unwrap_or_default()
                .split('?')
                .next()
                .unwrap_or_default(),
            n_bytes,
            is_last: request.version != Some(1)
                || request.headers.iter().any(is_close)
                || !is_read(method),
        }))
    }
}

fn is_read(method: &str) -> bool {
    method == "GET" || method == "HEAD"
}

/// What goes back.
struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// `HEAD` asks for the length of the body only.
    has_body: bool,
}

impl Answer {
    fn plain(status: &'static str, has_body: bool) -> Self {
        let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        Self {
            status,
            headers,
            body: status.into(),
            has_body,
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn bytes(&self, is_last: bool) -> Vec<u8> {
        let mut head = format!(
            "HTTP/1.1 {}\r\nContent-Length: {}\r\n",
            self.status,
            self.body.len()
        );
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += if is_last {
            "Connection: close\r\n\r\n"
        } else {
            "\r\n"
        };
        let mut bytes = head.into_bytes();
        if self.has_body {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}

fn answer(folders: &Folders, method: &str, path: &str) -> Answer {
    let has_body = method != "HEAD";
    if !is_read(method) {
        return Answer::plain("405 Method Not Allowed", has_body).with("Allow", "GET, HEAD");
    }
    let file = match folders.find(path) {
        Some(Target::File(file)) => file,
        Some(Target::Folder) => {
            return Answer::plain("301 Moved Permanently", has_body)
                .with("Location", format!("{path}/"));
        }
        None => return Answer::plain("404 Not Found", has_body),
    };
    let Ok(body) = fs::read(&file) else {
        return Answer::plain("404 Not Found", has_body);
    };
    let trusted_types = if path == PLAYGROUND {
        ""
    } else {
        TRUSTED_TYPES
    };
    let headers = vec![("Content-Type", media_type(&file).to_owned())];
    Answer {
        status: "200 OK",
        headers,
        body,
        has_body,
    }
    .with(
        "Content-Security-Policy",
        format!("{POLICY}{trusted_types}"),
    )
    .with("Cache-Control", "no-cache")
    .with("X-Content-Type-Options", "nosniff")
}

/// What is served.
struct Folders {
    www: PathBuf,
    dist: PathBuf,
    docs: PathBuf,
}

/// What a path of a URL stands for.
#[derive(Debug, PartialEq)]
enum Target {
    File(PathBuf),
    /// A folder asked for without its slash, from which relative links would go astray.
    Folder,
}

impl Folders {
    /// Returns what the path of a URL stands for, or nothing: for what is not there and what is not for visitors.
    fn find(&self, path: &str) -> Option<Target> {
        let path = decode(path)?;
        let mut parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        let asks_for_folder = parts.last() == Some(&"");
        if asks_for_folder {
            parts.pop();
        }
        // No dot files, and so no `..`; no empty part, and so no second host in a redirect.
        if parts
            .iter()
            .any(|part| part.is_empty() || part.starts_with('.') || part.contains(['\\', '\0']))
        {
            return None;
        }
        let (folder, rest) = match parts.split_first() {
            Some((&"dist", rest)) => (&self.dist, rest),
            Some((&"docs", rest)) => (&self.docs, rest),
            Some((first, _)) if PRIVATE.contains(first) => return None,
            _ => (&self.www, &parts[..]),
        };
        let found = folder.join(rest.iter().collect::<PathBuf>());
        // A link must not lead out of the folder.
        if !found
            .canonicalize()
            .ok()?
            .starts_with(folder.canonicalize().ok()?)
        {
            return None;
        }
        match (found.is_dir(), asks_for_folder) {
            (true, true) => Some(Target::File(found.join("index.html"))),
            (true, false) => Some(Target::Folder),
            (false, true) => None,
            (false, false) => Some(Target::File(found)),
        }
    }
}

/// Decodes the `%XX` of a path. Nothing if one is broken or the result is not UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "md" | "ts") | None => "text/plain; charset=utf-8",
        Some(_) => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two folders with a few files, gone when dropped.
    struct Site(PathBuf);

    impl Site {
        fn new(name: &str) -> Self {
            let root =
                std::env::temp_dir().join(format!("nutgraf-serve-{name}-{}", std::process::id()));
            let write = |path: &str, text: &str| {
                let file = root.join(path);
                fs::create_dir_all(file.parent().expect("every path here has a folder"))
                    .expect("a folder");
                fs::write(file, text).expect("a file");
            };
            write("secret.txt", "secret");
            write("www/index.html", "front page");
            write("www/playground.html", "playground");
            write("www/package.json", "{}");
            write("www/node_modules/a/a.js", "tool");
            write("www/.hidden", "hidden");
            write("www/demo/index.html", "demo");
            write("www/demo/été 1.html", "summer");
            write("site/index.html", "documentation");
            write("dist/nutgraf.js", "widget");
            write("dist/package.json", "published");
            write("dist/nutgraf_bg.wasm", "wasm");
            Self(root)
        }

        fn folders(&self) -> Folders {
            Folders {
                www: self.0.join("www"),
                dist: self.0.join("dist"),
                docs: self.0.join("site"),
            }
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_path_stands_for_a_file_of_www_or_dist_or_the_documentation() {
        let site = Site::new("find");
        let folders = site.folders();
        let file = |path: &str| Some(Target::File(site.0.join(path)));
        assert_eq!(folders.find("/"), file("www/index.html"));
        assert_eq!(folders.find("/demo/"), file("www/demo/index.html"));
        assert_eq!(folders.find("/demo"), Some(Target::Folder));
        assert_eq!(
            folders.find("/demo/%C3%A9t%C3%A9%201.html"),
            file("www/demo/été 1.html")
        );
        assert_eq!(folders.find("/docs/"), file("site/index.html"));
        assert_eq!(folders.find("/docs"), Some(Target::Folder));
        assert_eq!(folders.find("/dist/nutgraf.js"), file("dist/nutgraf.js"));
        assert_eq!(
            folders.find("/dist/package.json"),
            file("dist/package.json")
        );
    }

    #[test]
    fn what_is_not_for_visitors_is_not_found() {
        let site = Site::new("private");
        #[cfg(unix)]
        std::os::unix::fs::symlink(site.0.join("secret.txt"), site.0.join("www/link.txt"))
            .expect("a link");
        let folders = site.folders();
        for path in [
            "",
            "index.html",
            "//",
            "//demo",
            "/../secret.txt",
            "/dist/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/demo/%2E%2E/%2e%2e/secret.txt",
            "/demo%2f..%2f..%2fsecret.txt",
            "/..%5csecret.txt",
            "/%252e%252e/secret.txt",
            "/index.html%00",
            "/index.html/",
            "/%",
            "/%zz",
            "/%ff",
            "/link.txt",
            "/.hidden",
            "/package.json",
            "/%70ackage.json",
            "/node_modules/a/a.js",
            "/nothing.html",
        ] {
            assert_eq!(folders.find(path), None, "{path}");
        }
    }

    #[test]
    fn every_answer_carries_its_type_and_the_policy() {
        let site = Site::new("headers");
        let server = Server::start_for(0, site.folders()).expect("a free port");
        let page = get(&server, "/?query");
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.ends_with("\r\n\r\nfront page"), "{page}");
        assert!(
            page.contains("Content-Type: text/html; charset=utf-8\r\n"),
            "{page}"
        );
        assert!(page.contains("Cache-Control: no-cache\r\n"), "{page}");
        assert!(
            page.contains("'wasm-unsafe-eval'; style-src 'self'"),
            "{page}"
        );
        assert!(
            page.contains("require-trusted-types-for 'script'\r\n"),
            "{page}"
        );
        assert!(!get(&server, "/playground.html").contains("trusted-types"));
        assert!(
            get(&server, "/dist/nutgraf_bg.wasm").contains("Content-Type: application/wasm\r\n")
        );
        assert!(get(&server, "/demo").contains("Location: /demo/\r\n"));
        assert!(get(&server, "/nothing").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn a_connection_may_ask_again_and_in_pieces() {
        let site = Site::new("again");
        let server = Server::start_for(0, site.folders()).expect("a free port");
        let mut stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).expect("the server listens");
        for piece in [
            "HEAD / HTTP/1.1\r\nHo",
            "st: a\r\n\r\nGET /dist/nutgraf.js HTTP/1.1\r\n",
            "\r\n",
        ] {
            stream.write_all(piece.as_bytes()).expect("a piece");
            thread::sleep(Duration::from_millis(20));
        }
        stream
            .write_all(b"DELETE / HTTP/1.1\r\n\r\n")
            .expect("a request");
        let mut answers = String::new();
        stream
            .read_to_string(&mut answers)
            .expect("the server closes after what it does not do");
        let statuses: Vec<_> = answers
            .lines()
            .filter(|line| line.contains("HTTP/1.1"))
            .collect();
        assert_eq!(
            statuses,
            [
                "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK",
                "widgetHTTP/1.1 405 Method Not Allowed"
            ]
        );
        assert!(
            !answers.contains("front page"),
            "the answer to HEAD has no body: {answers}"
        );
    }

    #[test]
    fn connections_that_ask_for_nothing_hold_up_no_other() {
        let site = Site::new("idle");
        let server = Server::start_for(0, site.folders()).expect("a free port");
        let connect =
            || TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).expect("the server listens");
        let idle: Vec<_> = (0..50).map(|_| connect()).collect();
        assert!(get(&server, "/").starts_with("HTTP/1.1 200"));
        drop(idle);
    }

    #[test]
    fn what_is_not_http_is_refused() {
        let site = Site::new("odd");
        let server = Server::start_for(0, site.folders()).expect("a free port");
        let mut stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).expect("the server listens");
        stream
            .write_all(b"\x16\x03\x01 hello\r\n\r\n")
            .expect("a greeting");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }

    #[test]
    fn a_taken_port_is_told_with_the_flag_that_helps() {
        let site = Site::new("port");
        let server = Server::start_for(0, site.folders()).expect("a free port");
        let Err(error) = Server::start_for(server.port, site.folders()) else {
            panic!("two servers cannot have one port");
        };
        let expected = format!(
            "port {} is taken; choose another with --port N (0 for any that is free)",
            server.port
        );
        assert_eq!(error.to_string(), expected);
    }

    fn get(server: &Server, path: &str) -> String {
        let mut stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).expect("the server listens");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }
}
