using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Diagnostics;

/// <summary>
/// What a model remarked on the text, for this session of the editor: shown beside the findings on the words that it quotes, and never mixed with those of the rules.
/// A remark whose words no longer stand in the file is not shown.
/// </summary>
internal sealed class Remarks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(StoryFolder Story, string Path), IReadOnlyList<Remark>> _kept = [];

    /// <summary>Raised when a story's remarks are others.</summary>
    public event Action<StoryFolder>? Changed;

    /// <summary>Takes the remarks of a critique that has ended, in place of those of the one before of the same thing.</summary>
    /// <param name="story">The story.</param>
    /// <param name="about">What the critique was about.</param>
    /// <param name="notes">The remarks.</param>
    public void Put(StoryFolder story, string about, IReadOnlyList<CritiqueNote> notes)
    {
        lock (_gate)
        {
            foreach (var key in _kept.Keys.Where(key => key.Story == story).Concat(notes.Select(note => (Story: story, note.Path))).Distinct().ToList())
            {
                var others = _kept.GetValueOrDefault(key, []).Where(remark => remark.About != about);
                _kept[key] = [.. others, .. notes.Where(note => note.Path == key.Path).Select(note => new Remark(about, note.Code, note.Span.Start, note.Quote, note.Message))];
            }
        }

        Changed?.Invoke(story);
    }

    /// <summary>Whether any remarks are kept of a document.</summary>
    public bool AreOn(StoryFolder story, string path)
    {
        lock (_gate)
        {
            return _kept.TryGetValue((story, path), out var kept) && kept.Count > 0;
        }
    }

    /// <summary>The remarks of a document that stand in its text, as findings of the least weight that is shown.</summary>
    public IReadOnlyList<Finding> Of(StoryFolder story, Snapshot snapshot, string path)
    {
        IReadOnlyList<Remark> kept;
        lock (_gate)
        {
            kept = _kept.GetValueOrDefault((story, path), []);
        }

        return kept.Count == 0 || snapshot.Text(path) is not { } text ? [] : [.. kept.Select(remark => Placed(snapshot, text.Text, remark)).OfType<Finding>()];
    }

    /// <summary>Puts the remarks on some words aside; how many there were.</summary>
    public int PutAside(StoryFolder story, string path, string code, string message)
    {
        var count = 0;
        lock (_gate)
        {
            var kept = _kept.GetValueOrDefault((story, path), []);
            var left = kept.Where(remark => remark.Code != code || remark.Message != message).ToList();
            count = kept.Count - left.Count;
            _kept[(story, path)] = left;
        }

        Changed?.Invoke(story);
        return count;
    }

    private static Finding? Placed(Snapshot snapshot, string text, Remark remark)
    {
        var best = -1;
        for (var at = text.IndexOf(remark.Quote, StringComparison.Ordinal); at >= 0; at = at + 1 < text.Length ? text.IndexOf(remark.Quote, at + 1, StringComparison.Ordinal) : -1)
        {
            best = best < 0 || Math.Abs(at - remark.Start) < Math.Abs(best - remark.Start) ? at : best;
        }

        return best < 0 || remark.Quote.Length == 0 || snapshot.Settings.SeverityOf(remark.Code, Severity.Information) is not { } severity
            ? null
            : new Finding(remark.Code, severity == Severity.Hint ? Severity.Hint : Severity.Information, new TextSpan(best, remark.Quote.Length), remark.Message);
    }

    private sealed record Remark(string About, string Code, int Start, string Quote, string Message);
}
