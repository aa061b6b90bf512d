using StoryLsp.Features.Matching;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>Links begun with <c>@</c> in prose: <c>@ada</c> becomes <c>[[Ada Vane]]</c>.</summary>
internal static class AtItems
{
    private const int MostWords = 4;

    private static readonly (string Key, string Description)[] TagKeys =
    [
        ("pov", "Whose eyes the scene is seen through."), ("char", "Who is there."), ("location", "Where it plays."), ("focus", "Whom it is about."), ("mention", "Who is talked about, and not there."),
        ("plot", "The threads that it belongs to."), ("object", "The items in it."), ("time", "When it plays."),
    ];

    /// <summary>The completions behind the sign; null when the caret stands behind none.</summary>
    public static CompletionList? Of(CompletionRequest request)
    {
        var text = request.Document.Text;
        var line = text.GetLineSpan(text.Lines.GetLine(request.Offset));
        var before = text.Text.AsSpan(line.Start, request.Offset - line.Start);
        var at = before.LastIndexOf('@');
        // An address (tom@example.org) has a letter before the sign.
        if (at < 0 || (at > 0 && (ProseWord.IsPart(text.Text, line.Start + at - 1) || before[at - 1] is '.' or '@' or '/' or '\\')) || before[..at].Count('`') % 2 == 1)
        {
            return null;
        }

        var typed = before[(at + 1)..].ToString();
        if (typed.StartsWith(' ') || typed.Count(unit => unit == ' ') >= MostWords || typed.AsSpan().IndexOfAny("[]()<>:,;!?\"") >= 0)
        {
            return null;
        }

        var sign = line.Start + at;
        if (at == 0 && request.Document.Markdown is { TagLines.Count: > 0 })
        {
            return Tags(request, TextSpan.FromBounds(sign, request.Offset), typed);
        }

        return Links(request, sign, typed, text, line);
    }

    private static CompletionList Links(CompletionRequest request, int sign, string typed, SourceText text, TextSpan line)
    {
        var end = request.Offset;
        while (end < line.End && end > sign + 1 && ProseWord.IsPart(text.Text, end))
        {
            end++;
        }

        var snapshot = request.Snapshot;
        var link = new LinkCursor(LinkPart.Target, TextSpan.FromBounds(sign + 1, end), "", false, "]]", false) { InTable = LinkCursor.IsTableRow(text, line) };
        var list = ContainerItems.Of(request, snapshot.ContainersOf(null).Where(container => IsMeant(container, typed)), link.Token, (container, matched) => "[[" + LinkItems.Write(request, link, container, matched, null));
        var span = TextSpan.FromBounds(sign, end);
        return new([.. list.Items.Select(item => item with { Span = span, FilterText = "@" + item.FilterText })], list.IsIncomplete);
    }

    // Behind a space the writer may be done with the name, so that only what begins so is meant.
    private static bool IsMeant(StoryLsp.Index.Container container, string typed) => !typed.Contains(' ') ||
        container.Fact.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || container.Fact.Aliases.Any(alias => alias.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase));

    // A manuscript of novelWriter has its own lines that begin so.
    private static CompletionList Tags(CompletionRequest request, TextSpan span, string typed) =>
        new([.. TagKeys.Where(tag => NameMatch.Score(typed, tag.Key) > 0).Select((tag, rank) => new CompletionItem
        {
            Label = "@" + tag.Key, Kind = CompletionKind.Field, NewText = "@" + tag.Key + ": ", Span = span, Documentation = tag.Description, AsksAgain = true,
            SortText = rank.ToString("D3", System.Globalization.CultureInfo.InvariantCulture),
        })], false);
}
