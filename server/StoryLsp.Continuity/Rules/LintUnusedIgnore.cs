using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>lint/unused-ignore</c>; it is found out while suppressions are applied, when all else is known.</summary>
internal sealed class LintUnusedIgnore : Rule
{
    /// <summary>The code.</summary>
    public const string Id = "lint/unused-ignore";

    public override string Code => Id;

    public override Severity Severity => Severity.Hint;

    public override string Summary => "A `story-ignore` comment suppresses nothing.";

    public override string Documentation => """
        `# story-ignore: ref/unresolved she is named in chapter nine` suppresses a rule, or a group as `ref/*`, on the next line; `story-ignore-file:`
        does so for the whole file. When the fault is gone, the comment should go as well, or it will hide the next one.
        """;

    /// <summary>The finding on a suppression that served nothing.</summary>
    public Finding FindingOf(SuppressionFact suppression)
    {
        var message = IsKnown(suppression.Rule)
            ? $"Nothing here is reported by `{suppression.Rule}`, so this comment suppresses nothing. Remove it."
            : $"There is no rule `{suppression.Rule}`, so this comment suppresses nothing. {Suggestion.Of(suppression.Rule, RuleCodes.All)}Write a whole code or a group as `ref/*`, or remove it.";
        return new(Code, Severity, suppression.Span, message);
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (document.Facts.Suppressions.FirstOrDefault(suppression => suppression.Span == finding.Span) is not { } unused)
        {
            yield break;
        }

        if (!IsKnown(unused.Rule) && Nearest.Of(unused.Rule, RuleCodes.All).FirstOrDefault() is { } nearest)
        {
            var at = document.Text.Text.IndexOf(unused.Rule, unused.Span.Start, unused.Span.Length, StringComparison.Ordinal);
            yield return new($"Replace with `{nearest}`", WorkspaceChange.Edit(document.Path, new TextEdit(new(at, unused.Rule.Length), nearest)));
        }

        yield return new("Remove this comment", WorkspaceChange.Edit(document.Path, Removal(document.Text, unused.Span)), IsPreferred: true);
    }

    private static bool IsKnown(string rule) => RuleCodes.All.Any(code => RuleCodes.Suppresses(rule, code));

    // A comment alone on its lines takes them with it; one behind something takes the white space before it.
    private static TextEdit Removal(SourceText text, TextSpan comment)
    {
        var first = text.GetLineSpan(text.GetPosition(comment.Start).Line);
        var lastLine = text.GetPosition(Math.Max(comment.Start, comment.End - 1)).Line;
        var last = text.GetLineSpan(lastLine);
        var isAlone = text.Text.AsSpan(first.Start, comment.Start - first.Start).IsWhiteSpace() &&
            text.Text.AsSpan(Math.Min(comment.End, last.End), Math.Max(0, last.End - comment.End)).IsWhiteSpace();
        if (isAlone)
        {
            return new(TextSpan.FromBounds(first.Start, lastLine + 1 < text.LineCount ? text.LineStarts[lastLine + 1] : text.Length), "");
        }

        var start = comment.Start;
        while (start > first.Start && text.Text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return new(TextSpan.FromBounds(start, Math.Min(comment.End, last.End)), "");
    }
}
