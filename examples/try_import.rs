fn main() {
    let args: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(&args[1]).unwrap();
    let start = std::time::Instant::now();
    match jixiao::import::import(&args[1], &bytes, &Default::default()) {
        Ok(imported) => {
            eprintln!("{:?}", start.elapsed());
            for (path, text) in &imported.files {
                println!("==== {path}\n{text}");
                if let Some(out) = args.get(2) {
                    std::fs::create_dir_all(out).unwrap();
                    std::fs::write(format!("{out}/{path}"), text).unwrap();
                }
            }
            for g in imported.findings() {
                println!(
                    "{} {} {}",
                    g.code.id(),
                    g.place.as_ref().map(|p| p.shown().chinese).unwrap_or_default(),
                    g.text.chinese
                );
            }
            println!("{:?} {} {:?}", imported.tally(), imported.standard, imported.kind);
        }
        Err(e) => println!("ERR {} {:?}", e.message.chinese, e.help),
    }
}
