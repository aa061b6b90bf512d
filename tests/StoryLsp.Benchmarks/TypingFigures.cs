using StoryLsp.Continuity;
using StoryLsp.Features.Completion;
using StoryLsp.Features.Hover;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Benchmarks;

/// <summary>What a person waits for while typing: findings, completion and hover, in a scene of 3,000 words.</summary>
internal static class TypingFigures
{
    private const int WarmUp = 40;

    /// <summary>The keystrokes of a workspace; gives their median in milliseconds, which a busy machine changes least.</summary>
    public static async Task<double> AddKeystrokes(Report report, GeneratedStory story, int count)
    {
        await using var workspace = IndexFigures.Open(story.Root);
        await workspace.IndexAsync();
        var text = workspace.Text(story.LongScene)!;
        workspace.OpenDocument(story.LongScene, 1, text);
        var (times, bare) = (new Samples(), new Samples());
        var findings = new Findings();
        for (var i = 0; i < count + WarmUp; i++)
        {
            if (i == WarmUp)
            {
                times.Clear();
                bare.Clear();
            }

            var edit = Keystroke(workspace.BufferText(story.LongScene)!, i);
            times.Time(() => findings.Of(workspace.ChangeDocument(story.LongScene, i + 2, [edit]), story.LongScene));
            var now = workspace.BufferText(story.LongScene)!.Text;
            bare.Time(() => Floor.OfText(story.LongScene, now));
        }

        report.Add(new($"keystroke to findings, {story.Files} files, p95", times.Percentile(95), "ms", bare.Percentile(95), Measure.Value, 50));
        return times.Percentile(50);
    }

    /// <summary>Completion and hover.</summary>
    public static async Task AddFeatures(Report report, GeneratedStory story, int count)
    {
        await using var workspace = IndexFigures.Open(story.Root);
        await workspace.IndexAsync();
        var scene = workspace.Text(story.LongScene)!.Text;
        AddCompletion(report, workspace, story.LongScene, "a reference", scene.IndexOf("pov: ", StringComparison.Ordinal) + 6, count);
        AddCompletion(report, workspace, story.LongScene, "a key", scene.IndexOf("pov: ", StringComparison.Ordinal) + 2, count);
        AddCompletion(report, workspace, story.LongScene, "a wikilink", scene.IndexOf("[[", scene.IndexOf("\n---\n", 4, StringComparison.Ordinal), StringComparison.Ordinal) + 3, count);
        AddHover(report, workspace, story.LongScene, scene, count);
    }

    /// <summary>A letter in the prose, and with every tenth keystroke one in the front matter; every letter is taken away again.</summary>
    public static TextEdit Keystroke(SourceText text, int i)
    {
        var anchor = i / 2 % 10 == 9 ? text.Text.IndexOf("synopsis:", StringComparison.Ordinal) + 16 : text.Length - (text.Length / 3);
        return i % 2 == 0 ? new TextEdit(new TextSpan(anchor, 0), "x") : new TextEdit(new TextSpan(anchor, 1), "");
    }

    /// <summary>A letter near the end of the line that begins with a key, and away again.</summary>
    public static TextEdit Keystroke(SourceText text, string key, int i)
    {
        var anchor = text.Text.IndexOf(key, StringComparison.Ordinal) + 16;
        return i % 2 == 0 ? new TextEdit(new TextSpan(anchor, 0), "1") : new TextEdit(new TextSpan(anchor, 1), "");
    }

    private static void AddCompletion(Report report, Workspace workspace, string path, string what, int offset, int count)
    {
        var times = new Samples();
        var items = 0;
        for (var i = 0; i < count + WarmUp; i++)
        {
            if (i == WarmUp)
            {
                times.Clear();
            }

            var snapshot = Type(workspace, path, i);
            times.Time(() => items = Completions.At(snapshot, path, offset, new CompletionOptions(), CancellationToken.None).Items.Count);
        }

        report.Add(new($"completion of {what}, p95 ({items} items)", times.Percentile(95), "ms", null, Measure.Value, 10));
    }

    private static void AddHover(Report report, Workspace workspace, string path, string scene, int count)
    {
        var links = new List<int>();
        for (var at = scene.IndexOf("[[", StringComparison.Ordinal); at >= 0; at = scene.IndexOf("[[", at + 2, StringComparison.Ordinal))
        {
            links.Add(at + 3);
        }

        var times = new Samples();
        var cards = 0;
        for (var i = 0; i < count + WarmUp; i++)
        {
            if (i == WarmUp)
            {
                times.Clear();
                cards = 0;
            }

            var snapshot = Type(workspace, path, i);
            times.Time(() => cards += Hovers.At(snapshot, path, links[i % links.Count], null, CancellationToken.None) is null ? 0 : 1);
        }

        report.Add(new($"hover, p95 ({cards} cards of {count})", times.Percentile(95), "ms", null, Measure.Value, 10));
    }

    // Somebody who asks types as well, so nothing that hangs on one snapshot may be what makes it fast. The letter comes at the end, so offsets hold.
    public static Snapshot Type(Workspace workspace, string path, int i)
    {
        if (!workspace.IsOpen(path))
        {
            workspace.OpenDocument(path, 1, workspace.Text(path)!);
        }

        var end = workspace.BufferText(path)!.Length;
        return workspace.ChangeDocument(path, i + 2, [i % 2 == 0 ? new TextEdit(new TextSpan(end, 0), "x") : new TextEdit(new TextSpan(end - 1, 1), "")]);
    }
}
