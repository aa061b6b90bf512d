using System.Globalization;
using StoryLsp.Features.Fields;
using StoryLsp.Features.Matching;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>The rules in a <c>story-ignore:</c> comment.</summary>
internal static class SuppressionItems
{
    private static readonly string[] Marks = ["story-ignore:", "story-ignore-file:"];

    /// <summary>The completions behind such a mark; null when the caret stands elsewhere.</summary>
    public static CompletionList? Of(CompletionRequest request)
    {
        var text = request.Document.Text;
        var line = text.GetLineSpan(text.Lines.GetLine(request.Offset));
        var before = text.Text.AsSpan(line.Start, request.Offset - line.Start);
        foreach (var mark in Marks)
        {
            var at = before.LastIndexOf(mark, StringComparison.Ordinal);
            if (at < 0 || !IsComment(before[..at]))
            {
                continue;
            }

            // Behind the rule stands the reason, in the writer's own words.
            var rest = before[(at + mark.Length)..];
            var typed = rest.TrimStart();
            return typed.Contains(' ') ? CompletionList.Empty : Rules(request, typed.Length, needsSpace: rest.IsEmpty);
        }

        return null;
    }

    private static bool IsComment(ReadOnlySpan<char> before)
    {
        var trimmed = before.TrimEnd();
        return trimmed.EndsWith("#") || trimmed.EndsWith("<!--") || trimmed.EndsWith("/*") || trimmed.EndsWith("[[") || trimmed.EndsWith("%%");
    }

    private static CompletionList Rules(CompletionRequest request, int typed, bool needsSpace)
    {
        var text = request.Document.Text.Text;
        var end = request.Offset;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] is '/' or '-' or '*') && !text.AsSpan(end).StartsWith("-->"))
        {
            end++;
        }

        var span = TextSpan.FromBounds(request.Offset - typed, end);
        var letters = request.Typed(span);
        var items = RuleNames.All
            .Select(rule => (Score: NameMatch.Score(letters, rule.Text), Rule: rule))
            .Where(match => match.Score > 0)
            .OrderByDescending(match => match.Score)
            .Select((match, rank) => new CompletionItem
            {
                Label = match.Rule.Text, Kind = CompletionKind.Value, NewText = (needsSpace ? " " : "") + match.Rule.Text, Span = span,
                Documentation = match.Rule.Description, SortText = rank.ToString("D3", CultureInfo.InvariantCulture),
            });
        return new([.. items], false);
    }
}
