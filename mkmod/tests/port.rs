//! `mkmod send` at a port where something else than a kernel is.

use std::process::Command;

#[test]
fn what_is_no_serial_port_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hello.mo");
    std::fs::write(&file, "module").unwrap();
    for port in [&file, &folder.path().join("none")] {
        let output = Command::new(env!("CARGO_BIN_EXE_mkmod"))
            .args(["send".as_ref(), file.as_os_str(), "--port".as_ref(), port.as_os_str()])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.starts_with("error: can't open the port "), "{said}");
        assert!(said.contains(port.file_name().unwrap().to_str().unwrap()), "{said}");
        assert_eq!(output.status.code(), Some(1));
    }
}
