using System.Globalization;
using System.Text;
using NUnit.Framework;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests.Styles;

/// <summary>One slip at a time is planted in a whole novel, and found where it is. The labels were written before any rule had run on them.</summary>
public class PlantedFaultTests
{
    private const double Wanted = 0.95;

    [Test]
    public void Planted_faults_are_found_where_they_are()
    {
        var novel = AnnotatedStyles.Read();
        var faults = PlantedFault.ReadAll(Path.Combine(AnnotatedStyles.Folder, "faults.txt"));
        Assert.That(faults, Has.Count.GreaterThanOrEqualTo(40));
        var workspace = new ChangingNovel(novel.Clean());
        var missed = new List<string>();
        var table = new StringBuilder();
        foreach (var rule in faults.GroupBy(fault => fault.Code).OrderBy(rule => rule.Key, StringComparer.Ordinal))
        {
            if (Findings.Rules.All(known => known.Code != rule.Key))
            {
                table.Append(CultureInfo.InvariantCulture, $"{rule.Key,-32} not checked ({rule.Count()} planted)\n");
                continue;
            }

            var found = rule.Count(fault => IsFound(workspace, novel.With(fault.Slips), fault, missed));
            table.Append(CultureInfo.InvariantCulture, $"{rule.Key,-32} {found} of {rule.Count()}\n");
        }

        var checkedFaults = faults.Count(fault => Findings.Rules.Any(rule => rule.Code == fault.Code));
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}{checkedFaults - missed.Count} of {checkedFaults} found"));
        Assert.That(checkedFaults, Is.GreaterThan(0));
        Assert.That((double)(checkedFaults - missed.Count) / checkedFaults, Is.GreaterThanOrEqualTo(Wanted), string.Join('\n', missed));
        missed.ForEach(TestContext.Out.WriteLine);
    }

    [Test]
    public void Every_label_fits_the_novel_and_the_annotation()
    {
        var novel = AnnotatedStyles.Read();
        foreach (var fault in PlantedFault.ReadAll(Path.Combine(AnnotatedStyles.Folder, "faults.txt")))
        {
            Assert.That(RuleCodes.All, Does.Contain(fault.Code));
            Assert.That(fault.Spans(novel.With(fault.Slips)), Is.Not.Empty, "line " + fault.Line);
        }
    }

    private static bool IsFound(ChangingNovel workspace, NovelCopy copy, PlantedFault fault, List<string> missed)
    {
        var places = fault.Spans(copy).ToList();
        var found = workspace.FindingsOf(copy);
        var isFound = found.Any(found => found.Finding.Code == fault.Code &&
            places.Any(place => place.Path == found.Path && found.Finding.Span.Start <= place.Span.End && place.Span.Start <= found.Finding.Span.End));
        // What else is said of the slip is for reading: one slip may rightly be two faults.
        var others = string.Concat(found.Where(other => other.Finding.Severity <= Severity.Warning && other.Finding.Code != fault.Code && !workspace.OwnMessages.Contains(other.Finding.Message))
            .Select(other => $"\n    {other.Path}: {other.Finding.Code} `{copy.Texts[other.Path].Substring(other.Finding.Span.Start, other.Finding.Span.Length)}`: {other.Finding.Message}"));
        if (!isFound)
        {
            missed.Add($"faults.txt line {fault.Line}: {fault.Code} is not found at `{fault.Places[0].Words}`.{others}");
        }
        else if (others.Length > 0)
        {
            TestContext.Out.WriteLine($"faults.txt line {fault.Line}: {fault.Code} is found, and besides it{others}");
        }

        return isFound;
    }

    /// <summary>The workspace of a novel in which the files that differ are changed, as an editor changes them.</summary>
    private sealed class ChangingNovel : IDocumentSource
    {
        private readonly ReadingContext _context;
        private readonly Findings _findings = new();
        private readonly Dictionary<string, (SourceText Text, Document? Document)> _open = [];
        private Snapshot _snapshot;

        public ChangingNovel(NovelCopy clean)
        {
            var start = FixtureWorkspace.OfTexts(clean.Texts).Snapshot;
            _context = new ReadingContext(start.Schemas, start.Settings, Findings.DocumentRules);
            _snapshot = Snapshot.Empty(FixtureWorkspace.Root, start.Settings, start.Schemas, this);
            OwnMessages = FindingsOf(clean).Select(found => found.Finding.Message).ToHashSet();
        }

        /// <summary>What is said of the novel without a slip.</summary>
        public IReadOnlySet<string> OwnMessages { get; }

        public SourceText? Text(string path) => _open.TryGetValue(path, out var open) ? open.Text : null;

        public Document? Document(string path, Snapshot snapshot) => _open.TryGetValue(path, out var open) ? open.Document : null;

        public IReadOnlyList<FoundFinding> FindingsOf(NovelCopy copy)
        {
            Open(copy);
            return [.. _open.Keys.Order(StringComparer.Ordinal).SelectMany(path => _findings.Of(_snapshot, path).Select(finding => new FoundFinding(path, finding)))];
        }

        private void Open(NovelCopy copy)
        {
            var changed = new List<DocumentFacts>();
            foreach (var (path, content) in copy.Texts)
            {
                if (_open.TryGetValue(path, out var open) && open.Text.Text == content)
                {
                    continue;
                }

                var text = SourceText.From(content);
                var document = DocumentReader.Read(path, text, _context);
                _open[path] = (text, document);
                changed.Add(document.Facts);
            }

            _snapshot = _snapshot.With(changed, [], FileSet.Of(copy.Texts.Keys), true);
        }
    }
}
