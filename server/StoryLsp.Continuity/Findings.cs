using System.Collections.Concurrent;
using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Rules;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;

namespace StoryLsp.Continuity;

/// <summary>
/// All findings of documents: local ones and those that cross documents, with the workspace's severities and suppressions applied. What
/// was found is kept until something changes that it depends on. Safe for use by several threads.
/// </summary>
public sealed class Findings
{
    // A finding is small; this many documents are more than the largest workspace that is measured.
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<(string Root, string Path), Kept> _kept = new();
    private readonly ConcurrentDictionary<(string Root, string Path), bool> _foundAnew = new();
    private readonly Findings? _known;

    /// <summary>Nothing is found yet.</summary>
    public Findings()
    {
    }

    private Findings(Findings known) => _known = known;

    /// <summary>All rules that are checked, in the order of the documentation.</summary>
    public static IReadOnlyList<Rule> Rules => RuleList.All;

    /// <summary>The rules that look at one document alone; whoever reads documents runs them, so that their findings are kept with the facts.</summary>
    public static IReadOnlyList<IDocumentRule> DocumentRules { get; } = [.. RuleList.All.OfType<IDocumentRule>()];

    private static IReadOnlyList<SnapshotRule> SnapshotRules { get; } = [.. RuleList.All.OfType<SnapshotRule>()];

    private static IReadOnlyList<StoryRule> StoryRules { get; } = [.. RuleList.All.OfType<StoryRule>()];

    /// <summary>
    /// Begins to make what most rules ask of the whole story, on threads of its own: whoever asks for the first findings waits less. (Those of the pool would wait
    /// for each other, and it takes long to lend more.)
    /// </summary>
    /// <param name="snapshot">A snapshot whose first index is complete.</param>
    public static Task Prepare(Snapshot snapshot) => Task.WhenAll(
        Task.Factory.StartNew(() => StoryState.Of(snapshot), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
        Task.Factory.StartNew(() => (WorkspaceWords.Of(snapshot), NameParts.Of(snapshot)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>
    /// Findings for a projection of a snapshot (see <see cref="Snapshot.Projected"/>): what is known here already is taken from here, and what is
    /// found in the projection is kept apart. Each projection needs its own.
    /// </summary>
    public Findings Beside() => new(this);

    /// <summary>The findings of a document, sorted by place and then by code. Before the first index is complete, only those of the document alone.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    public IReadOnlyList<Finding> Of(Snapshot snapshot, string path)
    {
        if (snapshot.Facts(path) is not { } facts)
        {
            return OfPrompt(snapshot, path);
        }

        var key = (snapshot.Root, path);
        if (_kept.TryGetValue(key, out var kept) && kept.Holds(snapshot, facts))
        {
            return kept.Findings;
        }

        if (_known is not null && _known._kept.TryGetValue(key, out kept) && kept.Holds(snapshot, facts, remembers: false))
        {
            return kept.Findings;
        }

        var story = snapshot.IsComplete ? new StoryReading(StoryWorld.Of(snapshot)) : null;
        var findings = Find(snapshot, facts, story);
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        if (kept is not null)
        {
            // Before they are kept, so that at no time they are neither outdated nor found anew.
            _foundAnew[key] = true;
        }

        _kept[key] = new Kept(snapshot, facts, findings, story);
        return findings;
    }

    /// <summary>The documents whose findings were asked for, and would be others now or stand at other places.</summary>
    /// <param name="snapshot">The workspace as it is now.</param>
    public IReadOnlyList<string> Outdated(Snapshot snapshot)
    {
        var result = new List<string>();
        foreach (var ((root, path), kept) in _kept)
        {
            if (root == snapshot.Root && snapshot.Facts(path) is { } facts && !kept.Holds(snapshot, facts))
            {
                result.Add(path);
            }
        }

        return result;
    }

    /// <summary>
    /// The documents whose findings were found anew since the last call. Whoever tells of findings asks for these after
    /// <see cref="Outdated"/>: findings that somebody else has asked for meanwhile are no longer out of date, and still news to the listener.
    /// </summary>
    /// <param name="root">Absolute path of the workspace's root.</param>
    public IReadOnlyList<string> TakeFoundAnew(string root) =>
        [.. _foundAnew.Keys.Where(key => key.Root == root && _foundAnew.TryRemove(key, out _)).Select(key => key.Path)];

    /// <summary>The quick fixes of a finding, the best first; none when the finding is of a text that is no more.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="finding">A finding of that document.</param>
    public IReadOnlyList<Fix> FixesOf(Snapshot snapshot, string path, Finding finding)
    {
        if (RuleList.All.FirstOrDefault(rule => rule.Code == finding.Code) is not { } rule ||
            snapshot.Document(path) is not { } document || !IsStillFound(snapshot, path, finding))
        {
            return [];
        }

        return [.. rule.Fixes(snapshot, document, finding)];
    }

    // A prompt in `.story/` is no part of the index; somebody who opens it is warned all the same.
    private static List<Finding> OfPrompt(Snapshot snapshot, string path) =>
        snapshot.IsComplete && PromptSecrets.IsPrompt(path) && snapshot.Text(path) is { } text ? Judge([.. new SecretInPrompt().In(snapshot, text)], snapshot.Settings) : [];

    private bool IsStillFound(Snapshot snapshot, string path, Finding finding) =>
        Of(snapshot, path).Any(found => found.Code == finding.Code && found.Span == finding.Span && found.Message == finding.Message);

    private static List<Finding> Find(Snapshot snapshot, DocumentFacts facts, StoryReading? story)
    {
        var raw = new List<Finding>(facts.Findings);
        if (story is not null)
        {
            foreach (var rule in SnapshotRules)
            {
                rule.Check(snapshot, facts, raw.Add);
            }

            foreach (var rule in StoryRules)
            {
                rule.Check(story, facts, raw.Add);
            }
        }

        // Suppressions come before severities: one of a rule that is off today still does its work tomorrow.
        var suppressions = new Suppressions(facts);
        var result = raw.Where(finding => !suppressions.Suppress(finding)).ToList();
        if (snapshot.IsComplete)
        {
            result.AddRange(suppressions.Unused().Select(new LintUnusedIgnore().FindingOf));
        }

        return Judge(result, snapshot.Settings);
    }

    private static List<Finding> Judge(List<Finding> findings, StorySettings settings)
    {
        var result = new List<Finding>(findings.Count);
        foreach (var finding in findings)
        {
            if (settings.SeverityOf(finding.Code, finding.Severity) is { } severity)
            {
                result.Add(severity == finding.Severity ? finding : finding with { Severity = severity });
            }
        }

        // A value that YAML aliases repeat is one text with one fault.
        return [.. result.DistinctBy(finding => (finding.Code, finding.Span, finding.Message)).OrderBy(finding => finding.Span.Start).ThenBy(finding => finding.Code, StringComparer.Ordinal).ThenBy(finding => finding.Span.Length)];
    }

    /// <summary>What was found, and all that it depends on.</summary>
    private sealed class Kept(Snapshot snapshot, DocumentFacts facts, IReadOnlyList<Finding> findings, StoryReading? story)
    {
        private readonly KeyValuePair<Question, object?>[] _asked = story?.Asked() ?? [];
        private readonly bool _asksProse = story?.Asked().Any(asked => asked.Key.IsOfProse) is true;
        private volatile object? _edition = story?.Edition;
        private volatile WorkspaceWords? _words = story?.Asked().Any(asked => asked.Key.IsOfProse) is true ? WorkspaceWords.Of(snapshot) : null;

        private readonly long _stamp = snapshot.StampOf(facts.Path);
        private readonly bool _isComplete = snapshot.IsComplete;
        private readonly StorySettings _settings = snapshot.Settings;
        private readonly SchemaSet _schemas = snapshot.Schemas;

        // The places that a finding names move when their own document changes, even where what they mean does not.
        private readonly List<DocumentFacts> _related =
            [.. findings.SelectMany(finding => finding.Related).Select(place => place.Path).Distinct().Select(snapshot.Facts).OfType<DocumentFacts>()];

        public IReadOnlyList<Finding> Findings { get; } = findings;

        public bool Holds(Snapshot now, DocumentFacts current, bool remembers = true) =>
            ReferenceEquals(current, facts) && now.StampOf(current.Path) == _stamp && now.IsComplete == _isComplete &&
            ReferenceEquals(now.Settings, _settings) && ReferenceEquals(now.Schemas, _schemas) &&
            _related.TrueForAll(other => ReferenceEquals(now.Facts(other.Path), other)) && HasSameAnswers(now, remembers);

        private bool HasSameAnswers(Snapshot now, bool remembers)
        {
            if (_asked.Length == 0)
            {
                return true;
            }

            var world = StoryWorld.Of(now);
            var words = _asksProse ? WorkspaceWords.Of(now) : null;
            var isSameStory = ReferenceEquals(world.Edition, _edition);
            if (isSameStory && ReferenceEquals(words, _words))
            {
                return true;
            }

            if (!Array.TrueForAll(_asked, asked => (isSameStory && !asked.Key.IsOfProse) || Equals(asked.Key.Ask(world), asked.Value)))
            {
                return false;
            }

            if (remembers)
            {
                _edition = world.Edition;
                _words = words;
            }

            return true;
        }
    }
}
