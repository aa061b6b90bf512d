using System.Text.RegularExpressions;
using StoryLsp.Features.Places;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Completion;

/// <summary>What a time is measured from, behind its <c>after</c> or <c>before</c>: <c>3 days after arrival</c>.</summary>
internal static partial class TimeItems
{
    /// <summary>The scenes, events and cases; null where the caret is not behind such a word.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cursor">Where the caret stands in the YAML.</param>
    public static CompletionList? Of(CompletionRequest request, YamlCursor cursor)
    {
        var (start, snapshot) = (cursor.Token.Start, request.Snapshot);
        var typed = request.Document.Text.Text[Math.Min(start, request.Offset)..request.Offset];
        if (Lead().Match(typed) is not { Success: true } lead)
        {
            return null;
        }

        var self = snapshot.ContainerAt(request.Document.Path, request.Offset);
        var span = TextSpan.FromBounds(start + lead.Length, Math.Max(request.Offset, cursor.Token.End));
        return ContainerItems.Of(request, TimeAnchors.Types.SelectMany(snapshot.ContainersOf).Where(container => self is null || !container.IsSameAs(self)), span, (container, _) =>
        {
            // Quotes in the middle of a plain text are part of it, so that only what needs none goes by its name.
            var name = ContainerItems.ReferenceTo(snapshot, container, TimeAnchors.TargetOf(snapshot, container.Name));
            var isMeant = TimeAnchors.TargetOf(snapshot, name) is { } target && snapshot.Resolve(name, target).Container is { } meant && meant.IsSameAs(container);
            return isMeant && YamlText.Write(name, '\0', cursor.InFlow) == name ? name : snapshot.IdOf(container);
        });
    }

    [GeneratedRegex(@"\A(?:[^\r\n]{0,80}?\s)?(?:after|before|following|since|until|till|during)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Lead();
}
