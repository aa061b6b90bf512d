using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>name/unknown-name</c></summary>
internal sealed class NameUnknownName : StoryRule
{
    public override string Code => "name/unknown-name";

    public override Severity Severity => Severity.Information;

    public override string Summary => "The scenes use a name twice or more that nothing in the workspace has.";

    public override string Documentation => """
        Somebody called Pettigrew comes up in two scenes, and no note knows a Pettigrew. Create a stub, so that what you decide about him has a place; or put the
        name under `names: {ignore: [Pettigrew]}` in `story.yaml`. A name is a word with a capital that no dictionary of English has, at least once away from the beginning of a
        sentence. It is reported once, where the reader meets it first by the order of the files. Without a `story.yaml`, or without anything that has a name, nothing is unknown.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (!story.Settings.Exists || document.Words.Capitals.Count == 0)
        {
            return;
        }

        var unknown = ((WordSet)story.Ask(new UnknownNamesFirstIn(document.Path))!).Words;
        if (unknown.Count == 0 || story.Snapshot.Text(document.Path) is not { } text || text.Length != document.Lines.TextLength)
        {
            return;
        }

        var first = unknown.Select(word => FirstPlace(text.Text, document, word)).OfType<TextSpan>().OrderBy(place => place.Start).ToList();
        for (var i = 0; i < first.Count; i++)
        {
            // Two words that nobody knows side by side are one name.
            var span = first[i];
            while (i + 1 < first.Count && first[i + 1].Start > span.End && string.IsNullOrWhiteSpace(text.Slice(TextSpan.FromBounds(span.End, first[i + 1].Start))))
            {
                span = TextSpan.FromBounds(span.Start, first[++i].End);
            }

            var name = text.Slice(span).ReplaceLineEndings(" ");
            report(new(Code, Severity, span, $"{name} is named here and elsewhere, and nothing in the workspace has that name. Create a note of {name}, or ignore the name in `story.yaml`."));
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var name = document.Text.Slice(finding.Span).ReplaceLineEndings(" ");
        foreach (var (type, title) in new[] { ("character", "Create the character"), ("location", "Create the place") })
        {
            if (NewContainer.For(snapshot, document, name, type, isLink: false) is { } stub)
            {
                yield return new($"{title} {name}", new WorkspaceChange([stub]));
            }
        }

        if (!name.Contains(' ') && IgnoredNames.Add(snapshot, name) is { } ignore)
        {
            yield return new($"Ignore `{name}` in `story.yaml`", ignore);
        }
    }

    private static TextSpan? FirstPlace(string text, DocumentFacts document, string word) =>
        WordPlaces.Of(text, document, word).Select(place => (TextSpan?)place).FirstOrDefault();
}
