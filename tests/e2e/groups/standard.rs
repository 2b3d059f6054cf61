//! Programs with the names of `std`.

use e2e::{Fixture, card_with};
use firmware::Version;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_program_with_the_names_of_std", names),
    ("abort_ends_the_module_with_the_code_of_a_signal", abort),
    ("variables_are_what_the_shell_has_set", variables),
    ("settings_are_json", json),
    ("a_tool_has_subcommands", notes),
    ("measurements_are_logged_with_the_time_of_day", weather),
    ("the_words_of_a_text_are_counted", words),
];

fn names(fixture: &Fixture) -> TestResult {
    // The C library that RT-Thread 4.0.3 brings for RISC-V gives files another time than the clock's.
    let clock = if fixture.board.core.is_riscv() { "clock: true, file: " } else { "clock: true, file: true\n" };
    let mut session = fixture.boot()?;
    session.run("mod run standard")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run standard")?.prints_all(&[
        "/standard/table.csv of 2090 bytes\n",
        "sum 19900, counts {\"0\": 29, \"1\": 29, \"2\": 29, \"3\": 29, \"4\": 28, \"5\": 28, \"6\": 28}\n",
        "ends with 9ab1,3, then at 2089, begins with 0,0000,0\n",
        "copied!!\n",
        "/standard/table.csv\n",
        "not found\n",
        clock,
        "1 in thread 1\n",
        "1 dropped\n",
        "1 in thread 2\n",
        "2 dropped\n",
        "0 dropped\n",
        "late: true, processors: 1, may wait: true\n",
        "    42|true|0xff|16|+21.50 °C\n",
        "full: true, 0000000000000001\n",
        "exists: false\n",
        "exit code 0",
    ])?;
    session.uses(before)?;
    Ok(())
}

fn abort(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run standard abort")?.prints("exit code 134")?;
    Ok(())
}

fn variables(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    // RT-Thread 4 sets two of newlib's; the boards with a RISC-V have no newlib.
    let has_c_librarys = !fixture.board.core.is_riscv() && fixture.firmware.version < Version::new(5, 0, 0);
    let of_c_library = if has_c_librarys { "PATH is /bin\nHOME is /home\n" } else { "" };
    let home = if has_c_librarys { "HOME is /home\n" } else { "" };
    session.run("mod run standard var BOARD")?.prints(&format!("{of_c_library}Error: NotFound\nexit code 1"))?;
    let before = session.settled_memory()?;
    session.run("mod env BOARD=attic")?.prints_nothing()?;
    session.run("mod env BOARD=kitchen")?.prints_nothing()?;
    let path = "/usr/share/programs:/mnt/card/programs:/programs";
    session.run(&format!("mod env PATH={path}"))?.prints_nothing()?;
    session.run("mod env")?.prints(&format!("PATH={path}\nBOARD=kitchen\n"))?;
    session
        .run("mod run standard var PATH")?
        .prints(&format!("PATH is {path}\nBOARD is kitchen\n{home}found {path}\nexit code 0"))?;
    session.run("mod run standard var BOAR")?.prints("Error: NotFound\nexit code 1")?;
    session.run("mod env BOARD=")?.prints_nothing()?;
    session.run("mod env PATH=")?.prints_nothing()?;
    session.run("mod env PATH")?.prints("mod: `PATH` is not NAME=VALUE\n")?;
    session.run("mod env =1")?.prints("mod: `=1` is not NAME=VALUE\n")?;
    session.uses(before)?;
    Ok(())
}

fn json(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let stations = "   91200 kHz  Größe & Höhe\n  104300 kHz  Radio \"Eins\"\n";
    session.run("mod run json")?.prints(stations)?.prints("kitchen plays at 11\nexit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run json volume 7")?.prints(stations)?.prints("kitchen plays at 7\nexit code 0")?;
    session.run("mod run json")?.prints(stations)?.prints("kitchen plays at 7\nexit code 0")?;
    session.run("mod run json volume 256")?.prints("Error: InvalidInput\nexit code 1")?;
    session.run("mod run json volume 11")?.prints("kitchen plays at 11\nexit code 0")?;
    session.uses(before)?;
    let mut card = card_with(&fixture.modules)?;
    card.put("settings.json", b"{\n\"name\": 5}".to_vec());
    let mut session = fixture.boot_with(&card)?;
    session
        .run("mod run json")?
        .prints("/settings.json:2: invalid type: integer `5`, expected a string at line 2 column 9\n")?
        .prints("Error: InvalidData\nexit code 1")?;
    Ok(())
}

fn notes(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run notes")?.prints("usage: notes add TEXT | list | done NUMBER\nexit code 2")?;
    session.run("mod run notes list")?.prints("exit code 0")?.prints_no("1")?;
    let before = session.settled_memory()?;
    session.run("mod run notes add buy a longer cable")?.prints("exit code 0")?;
    session.run("mod run notes add call home")?.prints("exit code 0")?;
    session.run("mod run notes list")?.prints("  1 buy a longer cable\n  2 call home\nexit code 0")?;
    session.run("mod run notes done 1")?.prints("done: buy a longer cable\nexit code 0")?;
    session.run("mod run notes done 2")?.prints("notes: not found\nexit code 1")?;
    session.run("mod run notes done two")?.prints("exit code 1")?;
    session.run("mod run notes list")?.prints("  1 call home\nexit code 0")?;
    session.uses(before)?;
    session.run("rm /notes.txt")?.prints_nothing()?;
    Ok(())
}

fn weather(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run weather")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run weather")?.prints("24 measurements, 9.2 °C at least, 15.41 °C on average\nexit code 0")?;
    session.run("cat /weather.csv")?.prints_in_order(&[
        "time,celsius,hectopascal\n",
        ",9.25,1013.2\n",
        ",18.50,1014.7\n",
    ])?;
    session.uses(before)?;
    Ok(())
}

fn words(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run words")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session
        .run("mod run words /text.txt")?
        .prints("1000 lines, 32890 bytes, 1003 words\n  3000 a\n  3000 rose\n  2000 is\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}
