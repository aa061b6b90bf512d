using System.Security.Cryptography;
using System.Text;

namespace StoryLsp.Server.Extensions;

/// <summary>What a view shows.</summary>
internal static class ViewPages
{
    public const string Timeline = "timeline";
    public const string State = "state";
    public const string Fairness = "fairness";
}

/// <summary>
/// The address of a view of a story, which the server makes: <c>storylsp:/view/STORY/timeline.md</c>, <c>storylsp:/view/STORY/state/SCENE.md</c>,
/// <c>storylsp:/view/STORY/fairness/CASE.md</c>.
/// </summary>
/// <param name="Story">Which story; see <see cref="NameOf"/>.</param>
/// <param name="Page">What it shows.</param>
/// <param name="Container">The id of what it is about; empty for the timeline.</param>
internal sealed record ViewAddress(string Story, string Page, string Container)
{
    private const string Start = StoryAddress.Scheme + ":/view/";
    private const string End = ".md";

    /// <summary>A name of a story for an address, which says nothing of the machine that it lies on.</summary>
    public static string NameOf(string root) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)).AsSpan(0, 4));

    /// <summary>Reads an address; null where it is none of a view.</summary>
    public static ViewAddress? Parse(string uri)
    {
        if (!uri.StartsWith(Start, StringComparison.OrdinalIgnoreCase) || !uri.EndsWith(End, StringComparison.Ordinal) || uri.Length <= Start.Length + End.Length)
        {
            return null;
        }

        return uri[Start.Length..^End.Length].Split('/', 3) switch
        {
            [var story, ViewPages.Timeline] => new(story, ViewPages.Timeline, ""),
            [var story, ViewPages.State or ViewPages.Fairness, ""] => null,
            [var story, ViewPages.State and var page, var id] => new(story, page, Uri.UnescapeDataString(id)),
            [var story, ViewPages.Fairness and var page, var id] => new(story, page, Uri.UnescapeDataString(id)),
            _ => null,
        };
    }

    /// <summary>The address as it is sent.</summary>
    public override string ToString() => Start + Story + "/" + Page + (Container.Length == 0 ? "" : "/" + Uri.EscapeDataString(Container)) + End;

    /// <summary>The workspace-relative path of the page for an editor that opens nothing but files. The folder is a cache.</summary>
    public string FilePath => ".story/cache/views/" + Page + (Container.Length == 0 ? "" : "-" + Uri.EscapeDataString(Container)) + End;
}
