import ArgumentParser

@main struct Mujun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mujun",
        abstract: "亩均: evaluates what the industrial firms of a county yield per mu of land.",
        discussion: """
            A workspace is a folder with mujun.yaml, the method file, the inbox of the departments' deliveries \
            and the store, one SQLite file. Commands look for it in the current folder.

            EXAMPLE
              mujun init county        make a workspace
              cd county
              mujun method check method.yaml   what is wrong with the method
              mujun check              try the method and the deliveries, record nothing
              mujun method test FILE   prove a method with the cases beside it
              mujun run                evaluate and record; safe to schedule every night
              mujun rank --tier D      who is where
              mujun explain 巘湛沁    why a firm got its tier, back to the feeds
              mujun method diff OLD NEW --run latest   whom another method would move
              mujun diff 11 12         what moved whom between two runs
              mujun publish 12 --stage notice --document 永亩均办〔2022〕3号
              mujun notice 2021:notice --output 公示   what goes out: notice, lists, computation, objection form
              mujun verify             prove what is published from the archive

            EXIT CODES
              0    done; also: nothing has changed since the last run
              1    verify: what is stored or published is not what was recorded
              64   usage, such as an unknown option
              65   the method or the data are refused; all results are as they were
              70   a fault of this program
              73   something cannot be written
              74   something cannot be read
              75   another run holds the lock, or the store is busy
              130  interrupted (SIGINT); 143 terminated (SIGTERM)
            """,
        version: engineVersion,
        subcommands: [
            InitCommand.self, RunCommand.self, CheckCommand.self, RankCommand.self, ShowCommand.self,
            ExplainCommand.self, PublishCommand.self, WithdrawCommand.self, NoticeCommand.self,
            VerifyCommand.self, HistoryCommand.self, DiffCommand.self, ExportCommand.self, MethodCommand.self,
            SampleCommand.self,
        ])
}

/// Part of every run's identity: a new version computes anew.
let engineVersion = "0.1.0"
