using Microsoft.Data.Sqlite;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Tests.History;

/// <summary>What the history keeps, and what it refuses.</summary>
internal sealed class HistoryStoreTests
{
    private static readonly RunRecord Run = new("0123456789ab", "synopsis", 1, "steps: []", "opening", "{}", "ada");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void WhatIsWrittenIsThereAfterReopening()
    {
        using (var store = HistoryStore.Open(_folder.Root))
        {
            Assert.That(store.AddRun(Run), Is.True);
            Assert.That(store.AddRun(Run with { Pipeline = "other" }), Is.False);
            var first = store.Append(new RunEvent(0, Run.Id, "run.started", -1, "{}", "c"));
            store.Append(new RunEvent(0, Run.Id, "step.started", 0, "{\"kind\":\"context\"}", "c", first));
            var context = store.AddArtifact(new Artifact(0, Run.Id, 0, "context", 1, null, null, null, [new("b.md", "02"), new("a.md", "01")], "who\r\nis there"));
            store.Append(new Artifact(0, Run.Id, 2, "answer", 1, context, 3, "a-model", [], "prose"), new RunEvent(0, Run.Id, "step.finished", 2, "{}", "c", first));
        }

        using (var store = HistoryStore.Open(_folder.Root))
        {
            var run = store.Run(Run.Id)!;
            Assert.That(run with { At = default }, Is.EqualTo(Run));
            Assert.That(run.At, Is.Not.EqualTo(default(DateTimeOffset)));
            Assert.That(store.Runs(), Is.EqualTo((RunRecord[])[run]));
            var events = store.EventsAfter(0);
            Assert.That(events.Select(e => (e.Kind, e.Step, e.Data, e.Correlation, e.Causation)), Is.EqualTo(new[]
            {
                ("run.started", -1, "{}", "c", (long?)null),
                ("step.started", 0, "{\"kind\":\"context\"}", "c", events[0].Id),
                ("step.finished", 2, "{}", "c", events[0].Id),
            }));
            Assert.That(store.EventsAfter(events[0].Id), Is.EqualTo(events.Skip(1)));
            Assert.That(store.EventsAfter(events[0].Id, Run.Id, 1), Is.EqualTo(events.Skip(1).Take(1)));
            Assert.That(store.EventsAfter(0, "another"), Is.Empty);
            var artifacts = store.Artifacts(Run.Id);
            Assert.That(artifacts[0].Inputs, Is.EqualTo((ArtifactInput[])[new("b.md", "02"), new("a.md", "01")]));
            Assert.That(artifacts[0].Content, Is.EqualTo("who\r\nis there"));
            Assert.That((artifacts[1].Parent, artifacts[1].PromptVersion, artifacts[1].Model), Is.EqualTo(((long?)artifacts[0].Id, (int?)3, "a-model")));
        }
    }

    [Test]
    public void AnArtifactWhoseEventCannotBeWrittenIsNotWrittenEither()
    {
        using var store = HistoryStore.Open(_folder.Root);
        store.AddRun(Run);
        Assert.That(
            () => store.Append(new Artifact(0, Run.Id, 0, "answer", 1, null, null, null, [], "x"), new RunEvent(0, "unknown", "step.finished", 0, "{}", "c")),
            Throws.TypeOf<HistoryException>());
        Assert.That(store.Artifacts(Run.Id), Is.Empty);
    }

    [Test]
    public void ACommandIsNewToOneAndItsFirstResultStays()
    {
        using var store = HistoryStore.Open(_folder.Root);
        using var other = HistoryStore.Open(_folder.Root);
        var first = store.Begin("key", "resume", Run.Id, "{\"a\":1}");
        var second = other.Begin("key", "resume", Run.Id, "{\"a\":2}");
        Assert.That((first.IsNew, second.IsNew), Is.EqualTo((true, false)));
        Assert.That((second.Payload, second.Result), Is.EqualTo(("{\"a\":1}", (string?)null)));
        store.Finish("key", "done");
        other.Finish("key", "done again");
        Assert.That(other.Begin("key", "resume", Run.Id, "").Result, Is.EqualTo("done"));
        Assert.That(store.CommandsOf(Run.Id).Select(command => (command.Key, command.Result)), Is.EqualTo(new[] { ("key", "done") }));
    }

    [Test]
    public void AHandleIsUsedOnceHoweverManyTry()
    {
        using var store = HistoryStore.Open(_folder.Root);
        store.AddRun(Run);
        store.AddHandle(new ResumeHandle("h1", Run.Id, 3, DateTimeOffset.UtcNow.AddDays(1)));
        store.AddHandle(new ResumeHandle("h2", Run.Id, 4, DateTimeOffset.UtcNow.AddDays(1)));
        Assert.That(store.OpenHandle(Run.Id)?.Id, Is.EqualTo("h2"));
        var stores = Enumerable.Range(0, 4).Select(_ => HistoryStore.Open(_folder.Root)).ToList();
        var had = new (bool Mine, string By)[8];
        Parallel.For(0, had.Length, i => had[i] = (stores[i % stores.Count].UseHandle("h2", "editor " + i, out var by), by));
        stores.ForEach(each => each.Dispose());
        var winner = Enumerable.Range(0, had.Length).Single(i => had[i].Mine);
        Assert.That(had.Select(each => each.By), Is.All.EqualTo("editor " + winner));
        Assert.That(store.OpenHandle(Run.Id)?.Id, Is.EqualTo("h1"));
    }

    [Test]
    public void AnExpiredHandleIsWorthNothing()
    {
        var clock = new SteppedClock();
        using var store = HistoryStore.Open(_folder.Root, clock);
        store.AddRun(Run);
        store.AddHandle(new ResumeHandle("h", Run.Id, 3, clock.GetUtcNow().AddHours(1)));
        Assert.That(store.OpenHandle(Run.Id), Is.Not.Null);
        clock.Now += TimeSpan.FromHours(1);
        Assert.That(store.OpenHandle(Run.Id), Is.Null);
        Assert.That(store.UseHandle("h", "late", out var by), Is.False);
        Assert.That(by, Is.Empty);
        Assert.That(store.UseHandle("no such handle", "late", out _), Is.False);
    }

    [Test]
    public void RowsAreNeitherChangedNorDeletedNorReplaced()
    {
        using (var store = HistoryStore.Open(_folder.Root))
        {
            store.AddRun(Run);
            store.Append(new RunEvent(0, Run.Id, "run.started", -1, "{}", "c"));
        }

        using var connection = Connect();
        foreach (var sql in new[] { "UPDATE runs SET by = 'x'", "DELETE FROM runs", "UPDATE run_events SET data = ''", "DELETE FROM run_events", "DELETE FROM events", "PRAGMA recursive_triggers=ON; INSERT OR REPLACE INTO branches VALUES('main', 7)" })
        {
            Assert.That(() => connection.Run(sql), Throws.TypeOf<SqliteException>().With.Message.Contains("append-only"), sql);
        }

        var tables = connection.Rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", row => row.GetString(0));
        var guarded = connection.Rows("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name HAVING count(*) = 2", row => row.GetString(0));
        Assert.That(guarded, Is.EquivalentTo(tables));
    }

    [Test]
    public void AFileThatIsNoDatabaseIsPutAsideAndSaid()
    {
        _folder[".story/history.db"] = "These are notes, and no database at all.";
        using var store = HistoryStore.Open(_folder.Root);
        Assert.That(store.Notice, Does.Contain("history.db.damaged-"));
        Assert.That(store.AddRun(Run), Is.True);
        var aside = Directory.GetFiles(Path.Combine(_folder.Root, ".story"), "history.db.damaged-*").Single();
        Assert.That(File.ReadAllText(aside), Is.EqualTo("These are notes, and no database at all."));
    }

    [Test]
    public void ADamagedOrNewerOrForeignDatabaseIsRefusedAndKept()
    {
        HistoryStore.Open(_folder.Root).Dispose();
        using (var connection = Connect())
        {
            connection.Run("PRAGMA user_version=999; PRAGMA wal_checkpoint(TRUNCATE)");
        }

        ExpectRefusal("newer");
        File.Delete(PathOfHistory);
        using (var connection = Connect())
        {
            connection.Run("CREATE TABLE addresses(name TEXT)");
        }

        ExpectRefusal("another program");
        File.WriteAllBytes(PathOfHistory, [.. "SQLite format 3\0"u8, .. new byte[5000]]);
        ExpectRefusal("damaged");
        File.Delete(PathOfHistory);
        HistoryStore.Open(_folder.Root).Dispose();
        var bytes = File.ReadAllBytes(PathOfHistory);
        new Random(4).NextBytes(bytes.AsSpan(200));
        File.WriteAllBytes(PathOfHistory, bytes);
        ExpectRefusal("damaged");
    }

    [Test]
    public void AnOlderHistoryIsBroughtForwardAndKeepsWhatItHas()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOfHistory)!);
        using (var connection = Connect())
        {
            connection.Run(HistorySchema.Scripts[0] + $"PRAGMA application_id={HistorySchema.ApplicationId}; PRAGMA user_version=1;");
            connection.Run("INSERT INTO runs VALUES('0123456789ab', 'synopsis', 1, 'steps: []', 'opening', '{}', 'ada', 7)");
        }

        using (var store = HistoryStore.Open(_folder.Root))
        {
            Assert.That(store.Runs(), Is.EqualTo((RunRecord[])[Run with { At = DateTimeOffset.FromUnixTimeMilliseconds(7) }]));
        }

        using var after = Connect();
        Assert.That(after.Number("PRAGMA user_version"), Is.EqualTo(HistorySchema.Version).And.GreaterThan(1));
        Assert.That(after.Number("SELECT count(*) FROM file_write_told"), Is.Zero);
    }

    [Test]
    public void WhatAPersonWroteInTheIgnoreFileStays()
    {
        _folder[".story/.gitignore"] = "# mine\r\ndrafts/\r\nruns/";
        HistoryStore.Open(_folder.Root).Dispose();
        HistoryStore.Open(_folder.Root).Dispose();
        Assert.That(_folder[".story/.gitignore"], Is.EqualTo("# mine\r\ndrafts/\r\nruns/\r\nhistory.db*\r\n"));
    }

    [Test]
    public void ManyBeginAHistoryAtOnce([Values] bool isDamaged, [Range(1, 2)] int round)
    {
        if (isDamaged)
        {
            _folder[".story/history.db"] = "This is no database, in round " + round;
        }

        using var together = new Barrier(4);
        var threads = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                using var store = HistoryStore.Open(_folder.Root);
                return (store.AddRun(Run), store.Notice is not null);
            },
            TaskCreationOptions.LongRunning)).ToArray();
        Assert.That(() => Task.WaitAll(threads), Throws.Nothing);
        Assert.That(threads.Count(thread => thread.Result.Item1), Is.EqualTo(1));
        Assert.That(threads.Count(thread => thread.Result.Item2), Is.EqualTo(isDamaged ? 1 : 0));
    }

    [Test]
    public void ManyWritersAtOnceLoseNothingAndReadersSeeNoGap()
    {
        using (var store = HistoryStore.Open(_folder.Root))
        {
            store.AddRun(Run);
        }

        using var reader = HistoryStore.Open(_folder.Root);
        var seen = new List<long>();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            using var store = HistoryStore.Open(_folder.Root);
            for (var i = 0; i < 25; i++)
            {
                store.Append(new RunEvent(0, Run.Id, "usage", writer, "{}", "c"));
            }
        })));
        bool isLast;
        do
        {
            isLast = writing.IsCompleted;
            seen.AddRange(reader.EventsAfter(seen.LastOrDefault()).Select(e => e.Id));
        }
        while (!isLast);
        Assert.That(() => writing.GetAwaiter().GetResult(), Throws.Nothing);
        Assert.That(seen, Is.EqualTo(reader.EventsAfter(0).Select(e => e.Id)));
        Assert.That(seen, Has.Count.EqualTo(100));
    }

    private string PathOfHistory => Path.Combine(_folder.Root, ".story", "history.db");

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = PathOfHistory, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private void ExpectRefusal(string words)
    {
        var before = File.ReadAllBytes(PathOfHistory);
        Assert.That(() => HistoryStore.Open(_folder.Root), Throws.TypeOf<HistoryException>().With.Message.Contains(words));
        Assert.That(File.ReadAllBytes(PathOfHistory), Is.EqualTo(before));
    }

    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
