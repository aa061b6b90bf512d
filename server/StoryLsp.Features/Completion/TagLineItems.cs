using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>The values of novelWriter's lines: <c>@pov: Jane</c>, <c>@char: Jane, John</c>.</summary>
internal static class TagLineItems
{
    /// <summary>The completions on such a line; null when the caret stands on none.</summary>
    public static CompletionList? Of(CompletionRequest request)
    {
        var text = request.Document.Text;
        var line = text.GetLineSpan(text.Lines.GetLine(request.Offset));
        var caret = Math.Min(request.Offset, line.End);
        var before = text.Text.AsSpan(line.Start, caret - line.Start);
        var colon = before.IndexOf(':');
        if (colon < 0 || before.IsEmpty || before[0] != '@')
        {
            return null;
        }

        string? type = before[1..colon].Trim().ToString().ToLowerInvariant() switch
        {
            "pov" or "char" or "focus" => "character",
            "location" => "location",
            "mention" => "entity",
            "plot" => "thread",
            "object" => "item",
            _ => null,
        };
        if (type is null)
        {
            return null;
        }

        var start = line.Start + Math.Max(colon, before.LastIndexOf(',')) + 1;
        while (start < caret && text.Text[start] == ' ')
        {
            start++;
        }

        var comma = text.Text.AsSpan(caret, line.End - caret).IndexOf(',');
        var span = TextSpan.FromBounds(start, comma < 0 ? line.End : caret + comma);
        var space = start > line.Start && text.Text[start - 1] is ':' or ',' ? " " : "";
        return ContainerItems.Of(request, request.Snapshot.ContainersOf(type), span, (container, _) => space + ContainerItems.ReferenceTo(request.Snapshot, container, type));
    }
}
