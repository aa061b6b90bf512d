using System.Globalization;
using StoryLsp.Index;
using StoryLsp.Language.Prose;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>Says how much of a story is a model's, edited, or a person's own, by the sentences that survive in it.</summary>
public static class Disclosure
{
    /// <summary>The report. The scenes and chapters count; where there are none, all prose.</summary>
    /// <param name="snapshot">The story as it is.</param>
    /// <param name="records">What was accepted (see <see cref="ProvenanceStore"/>).</param>
    /// <param name="scope">A folder or a file, workspace-relative with <c>/</c>, that alone is counted; empty for all.</param>
    public static DisclosureReport Of(Snapshot snapshot, IReadOnlyList<ProvenanceRecord> records, string scope = "")
    {
        var numbers = new WordNumbers();
        var parts = new List<(string Name, List<string> Files)>();
        var sentences = new List<StorySentence>();
        foreach (var (name, path, spans) in Stretches(snapshot))
        {
            var part = parts.FindIndex(part => part.Name == name);
            if (part < 0)
            {
                part = parts.Count;
                parts.Add((name, []));
            }

            if (!parts[part].Files.Contains(path))
            {
                parts[part].Files.Add(path);
            }

            if (snapshot.Text(path) is { } text)
            {
                sentences.AddRange(SentencesOf(text.Text, spans).Select(form => new StorySentence(path, part, form, numbers.Of(form))));
            }
        }

        var accepted = records.SelectMany(record => record.Hunks.SelectMany(hunk => hunk.Sentences.Where(sentence => !sentence.IsEntry)
            .Select(sentence => new AcceptedSource(record, hunk, sentence, numbers)))).ToList();
        // Sentences move: so all are found first, and then those are counted that were asked for.
        SurvivingSentences.Find(sentences, accepted);
        var counted = sentences.Where(sentence => Covers(scope, sentence.File)).ToList();
        var chapters = parts.Select((part, i) => PartOf(part.Name, [.. part.Files.Where(file => Covers(scope, file))], [.. counted.Where(sentence => sentence.Part == i)]))
            .Where(part => part.Files.Count > 0).ToList();
        return new(chapters, PartOf("", [.. chapters.SelectMany(chapter => chapter.Files).Distinct()], counted),
            [.. counted.Where(sentence => sentence.Source is { Record.IsMechanical: false }).Select(sentence => sentence.Source!.Record.Model).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>The records with nothing but what still stands in the story, changed since or not; what only took something away is in them as before.</summary>
    /// <param name="snapshot">The story as it is.</param>
    /// <param name="records">What was accepted.</param>
    public static IReadOnlyList<ProvenanceRecord> Surviving(Snapshot snapshot, IReadOnlyList<ProvenanceRecord> records)
    {
        var numbers = new WordNumbers();
        var story = snapshot.Documents.SelectMany(facts => TextPieces.Of(facts.Path, snapshot.Text(facts.Path)?.Text ?? "").Select(piece => SentenceForm.Of(piece.Text))
            .Where(form => form.Length > 0).Select(form => new StorySentence(facts.Path, 0, form, numbers.Of(form)))).ToList();
        var accepted = records.SelectMany(record => record.Hunks.SelectMany(hunk => hunk.Sentences.Select(sentence => new AcceptedSource(record, hunk, sentence, numbers)))).ToList();
        SurvivingSentences.Find(story, accepted);
        var found = story.Select(sentence => sentence.Source?.Sentence).OfType<AcceptedSentence>().ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. records.Select(record => record with
        {
            Hunks = [.. record.Hunks.Select(hunk => hunk with { Sentences = [.. hunk.Sentences.Where(found.Contains)] }).Zip(record.Hunks)
                .Where(pair => pair.First.Sentences.Count > 0 || pair.Second.Sentences.Count == 0).Select(pair => pair.First)],
        })];
    }

    private static bool Covers(string scope, string path) => scope.Length == 0 || path == scope || path.StartsWith(scope + "/", StringComparison.Ordinal);

    private static DisclosurePart PartOf(string name, IReadOnlyList<string> files, List<StorySentence> sentences) => new(name, files,
        sentences.GroupBy(sentence => sentence.Kind).ToDictionary(kind => kind.Key, kind => new TextAmount(kind.Count(), kind.Sum(sentence => sentence.Words.Length))));

    // Cut as an acceptance cuts, so that the same sentences come out: headings and items by themselves.
    private static IEnumerable<string> SentencesOf(string text, IEnumerable<TextSpan> spans) => spans
        .Where(span => span.End <= text.Length)
        .SelectMany(span => TextPieces.Of("prose.md", text.Substring(span.Start, span.Length)))
        .Select(piece => SentenceForm.Of(piece.Text))
        .Where(form => form.Length > 0);

    /// <summary>The prose of the story in the order of reading, each stretch with its chapter.</summary>
    private static IEnumerable<(string Chapter, string Path, List<TextSpan> Spans)> Stretches(Snapshot snapshot)
    {
        var scenes = snapshot.Narrative.Scenes(snapshot).ToList();
        var chapters = snapshot.ContainersOf("chapter").OrderBy(chapter => chapter.Path, NaturalOrder.Instance).ThenBy(chapter => chapter.Fact.Index).ToList();
        if (scenes.Count + chapters.Count == 0)
        {
            return snapshot.Documents.Where(facts => facts.Prose.Count > 0).OrderBy(facts => facts.Path, NaturalOrder.Instance)
                .Select(facts => (facts.Path, facts.Path, facts.Prose.Select(prose => prose.Span).ToList()));
        }

        return scenes.Concat(chapters).Select(container => (
            ChapterOf(snapshot, container), container.Path,
            container.Document.Prose.Where(prose => prose.Container == container.Fact.Index).Select(prose => prose.Span).ToList()));
    }

    private static string ChapterOf(Snapshot snapshot, Container container)
    {
        if (snapshot.Schemas.IsKindOf(container.Type, "chapter"))
        {
            return container.Name;
        }

        if (container.Fact.Field("chapter")?.Value.AsText()?.Trim('[', ']') is { Length: > 0 } written)
        {
            return snapshot.Resolve(written, "chapter").Container is { } chapter ? chapter.Name
                : double.TryParse(written, CultureInfo.InvariantCulture, out _) ? NumberedChapter(snapshot, written) : written;
        }

        return snapshot.ContainersIn(container.Path) is [var first, ..] ? first.Name : container.Name;
    }

    private static string NumberedChapter(Snapshot snapshot, string number) => snapshot.ContainersOf("chapter")
        .FirstOrDefault(chapter => chapter.Fact.Field("number")?.Value.AsText() == number)?.Name ?? "Chapter " + number;
}
