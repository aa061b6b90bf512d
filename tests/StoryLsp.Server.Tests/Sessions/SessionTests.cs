using NUnit.Framework;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Sessions;

/// <summary>Sessions of real editors, said again to the server of today. <c>tests/editors/record/run</c> records them anew.</summary>
public sealed class SessionTests
{
    private static readonly string Workspace = Path.Combine(Repository.Root, "tests", "editors", "workspace");

    private static IEnumerable<string> Sessions => RecordedSession.All;

    [Test]
    public void The_editors_are_recorded() => Assert.That(Sessions, Is.EquivalentTo(["nvim-next", "nvim-stable", "vscode"]));

    [TestCaseSource(nameof(Sessions))]
    public async Task A_recorded_session_goes_as_it_went(string name)
    {
        using var story = new StoryOnDisk("");
        foreach (var file in Directory.EnumerateFiles(Workspace, "*", SearchOption.AllDirectories))
        {
            story.Write(Path.GetRelativePath(Workspace, file), File.ReadAllBytes(file));
        }

        var session = RecordedSession.Read(name, DocumentUri.FromPath(story.Root), story.Root);
        using var replay = new SessionReplay(session, story);
        await replay.RunAsync();
        await replay.FindingsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(replay.Strays, Is.Empty, "answers to nothing");
            Assert.That(replay.Errors, Is.Empty, "new errors");
            Assert.That(replay.OtherEdits, Is.Empty, "other edits");
            Assert.That(replay.Watch.Breaches, Is.Empty, "what the editor cannot take");
            foreach (var (path, text) in replay.Buffers.Where(open => session.Texts.ContainsKey(open.Key)))
            {
                Assert.That(text, Is.EqualTo(session.Texts[path]), path);
            }
        });
        Assert.That(await replay.EndAsync(), Is.Zero);
    }
}
