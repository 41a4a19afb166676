//! The demo's server: `/` is `www/`, `/dist/` is `dist/`, on loopback only.
//!
//! It sends the strictest policy under which the widget promises to work, so that whatever breaks the promise
//! breaks the demo and the browser tests.

use std::fs;
use std::io::{Cursor, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response};

use crate::project;

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:";
/// Not for the playground: it parses pasted HTML with `DOMParser`, which such a policy forbids.
const TRUSTED_TYPES: &str = "; require-trusted-types-for 'script'";
const PLAYGROUND: &str = "/playground.html";

/// A browser asks for about six files at a time.
const N_THREADS: usize = 6;

/// What lies in `www/` for our tools only.
const PRIVATE: [&str; 4] = [
    "node_modules",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
];

/// A server that runs until it is dropped.
pub struct Server {
    http: Arc<tiny_http::Server>,
    threads: Vec<JoinHandle<()>>,
    port: u16,
}

impl Server {
    /// Starts serving the demo. Port 0 is any free one.
    pub fn start(port: u16) -> Result<Self> {
        Self::start_for(
            port,
            Folders {
                www: project::www(),
                dist: project::dist(),
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
        let http = tiny_http::Server::from_listener(listener, None);
        let http = Arc::new(http.map_err(|error| anyhow!("cannot serve: {error}"))?);
        let folders = Arc::new(folders);
        let threads = (0..N_THREADS).map(|_| {
            let (http, folders) = (Arc::clone(&http), Arc::clone(&folders));
            thread::spawn(move || {
                while let Ok(request) = http.recv() {
                    let response = answer(&folders, &request);
                    // A browser that has gone away is no concern of ours.
                    let _ = request.respond(response);
                }
            })
        });
        Ok(Self {
            threads: threads.collect(),
            http,
            port,
        })
    }

    /// Returns the address of the demo's front page, without the last slash.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.threads {
            self.http.unblock();
        }
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// What is served.
struct Folders {
    www: PathBuf,
    dist: PathBuf,
}

/// What a path of a URL stands for.
#[derive(Debug, PartialEq)]
enum Target {
    File(PathBuf),
    /// A folder asked for without its slash, from which relative links would go astray.
    Folder,
}

fn answer(folders: &Folders, request: &Request) -> Response<Cursor<Vec<u8>>> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return plain(405, "only GET and HEAD").with_header(header("Allow", "GET, HEAD"));
    }
    let path = request.url().split(['?', '#']).next().unwrap_or_default();
    let file = match folders.find(path) {
        Some(Target::File(file)) => file,
        Some(Target::Folder) => {
            return plain(301, "moved").with_header(header("Location", &format!("{path}/")));
        }
        None => return plain(404, "not found"),
    };
    let Ok(bytes) = fs::read(&file) else {
        return plain(404, "not found");
    };
    let policy = if path == PLAYGROUND {
        POLICY.to_owned()
    } else {
        format!("{POLICY}{TRUSTED_TYPES}")
    };
    Response::from_data(bytes)
        .with_chunked_threshold(usize::MAX)
        .with_header(header("Content-Type", media_type(&file)))
        .with_header(header("Content-Security-Policy", &policy))
        .with_header(header("Cache-Control", "no-cache"))
        .with_header(header("X-Content-Type-Options", "nosniff"))
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

fn plain(status: u16, text: &str) -> Response<Cursor<Vec<u8>>> {
    Response::from_string(text).with_status_code(status)
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value)
        .expect("our header values, and paths out of a request line, are ASCII")
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

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
            write("dist/nutgraf.js", "widget");
            write("dist/package.json", "published");
            write("dist/nutgraf_bg.wasm", "wasm");
            Self(root)
        }

        fn folders(&self) -> Folders {
            Folders {
                www: self.0.join("www"),
                dist: self.0.join("dist"),
            }
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_path_stands_for_a_file_of_www_or_dist() {
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
