using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>yaml/syntax</c></summary>
internal sealed class YamlSyntax : Rule, IDocumentRule
{
    public override string Code => "yaml/syntax";

    public override Severity Severity => Severity.Error;

    public override string Summary => "The YAML does not parse; what did parse still counts.";

    public override string Documentation => """
        YAML gives some characters a meaning of their own, so that a line may say something else than it seems to. The slips that writers
        make most often have a message and a fix of their own: a colon inside a title (`title: Chapter 1: Arrival` wants quotes), a value
        that begins with `@`, a tab where spaces belong, a quote that is never closed.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var group in Errors(document).GroupBy(pair => pair.Region))
        {
            // A template for notes becomes YAML only when it is filled in.
            var isNote = document.Markdown is not null;
            if (isNote && document.Text.Text.AsSpan(group.Key.Start, group.Key.Length).Contains("<%", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var (_, error) in group)
            {
                if (!isNote || !HasPlaceholder(document.Text, error))
                {
                    report(new(Code, Severity, error.Span, error.Message));
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var (_, error) in Errors(document))
        {
            if (error.Slip is { } slip && error.Span == finding.Span && error.Message == finding.Message)
            {
                var isComplete = IsComplete(snapshot, document, slip.Edits);
                var isMark = IsMark(document.Text, error);
                if (isMark && !isComplete)
                {
                    // Quotes around @ada make another fault of it, for nobody is called so.
                    var bare = document.Text.Slice(error.Span)[1..];
                    TextEdit edit = new(error.Span, bare);
                    if (IsComplete(snapshot, document, [edit]))
                    {
                        yield return new($"Replace with `{bare}`", WorkspaceChange.Edit(document.Path, edit), IsPreferred: true);
                    }

                    yield break;
                }

                yield return new(slip.Title, WorkspaceChange.Edit(document.Path, slip.Edits), isComplete);
                yield break;
            }
        }
    }

    // Whoever writes @ada means Ada, as in a chat.
    private static bool IsMark(SourceText text, YamlError error) =>
        error.Span.Length > 1 && error.Kind is not (YamlErrorKind.ColonInValue or YamlErrorKind.TextAfterValue) &&
        text.Text[error.Span.Start] is '@' or '*' or '%' or '&' or '!' or '`' && char.IsLetterOrDigit(text.Text[error.Span.Start + 1]);

    // A fix that only puts one fault in the place of another is none.
    private static bool IsComplete(Snapshot snapshot, Document document, IReadOnlyList<TextEdit> edits)
    {
        if (edits.Count == 0)
        {
            return false;
        }

        var changed = document.Text.Text;
        foreach (var edit in edits.OrderByDescending(edit => edit.Span.Start))
        {
            changed = string.Concat(changed.AsSpan(0, edit.Span.Start), edit.NewText, changed.AsSpan(edit.Span.End));
        }

        var start = edits.Min(edit => edit.Span.Start);
        var place = TextSpan.FromBounds(start, edits.Max(edit => edit.Span.End) + changed.Length - document.Text.Length);
        var read = DocumentReader.Read(document.Path, SourceText.From(changed), new(snapshot.Schemas, snapshot.Settings, Continuity.Findings.DocumentRules));
        var after = snapshot.With([read.Facts], []);

        // A name in a list that is closed now may be nobody's yet, and the list is right all the same.
        var isName = edits[0].NewText.StartsWith('"') || (edits[0].Span.Length > 0 && !edits[0].NewText.StartsWith('['));
        return !new Findings().Of(after, document.Path).Any(finding =>
            finding.Span.Start <= place.End && finding.Span.End >= place.Start && (isName || !finding.Code.StartsWith("ref/", StringComparison.Ordinal)));
    }

    private static IEnumerable<(TextSpan Region, YamlError Error)> Errors(Document document)
    {
        if (document.YamlRegions.Count == 0)
        {
            return document.Yaml is { } tree ? tree.Errors.Select(error => (new TextSpan(0, document.Text.Length), error)) : [];
        }

        // Front matter that is never closed is a fault of its own, and all that follows from it is no other.
        var open = document.Markdown?.FrontMatter is { IsClosed: false } front ? front.Span : new TextSpan(-1, 0);
        return document.YamlRegions
            .Where(region => !open.Contains(region.Span))
            .SelectMany(region => region.Tree.Errors.Select(error => (region.Span, error)));
    }

    private static bool HasPlaceholder(SourceText text, YamlError error)
    {
        var line = text.GetLineSpan(text.GetPosition(error.Span.Start).Line);
        return Placeholder.IsIn(text.Text.AsSpan(line.Start, line.Length));
    }
}
