using Humanizer;
using StoryLsp.Index;

namespace StoryLsp.Features.Pages;

/// <summary>What the pages have in common.</summary>
internal static class PageText
{
    /// <summary>A text on one line.</summary>
    public static string Line(string text) => string.Join(' ', text.Split((char[])['\n', '\r', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A container's name.</summary>
    public static string Name(Container container) => Line(container.Name);

    /// <summary>Names as in a sentence.</summary>
    public static string Names(IEnumerable<Container> containers) => containers.Select(Name).Humanize("and");

    /// <summary>Ends a page with one line break.</summary>
    public static string Whole(IEnumerable<string> lines) => string.Join('\n', lines).TrimEnd('\n') + "\n";
}
