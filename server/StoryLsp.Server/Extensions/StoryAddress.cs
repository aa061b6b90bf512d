namespace StoryLsp.Server.Extensions;

/// <summary>What a <c>storylsp:</c> address shows.</summary>
internal enum StoryPage
{
    /// <summary>The page on which a person decides.</summary>
    Proposal,

    /// <summary>A file as it is.</summary>
    Before,

    /// <summary>A file as it would be.</summary>
    After,

    /// <summary>A schema that ships with the product.</summary>
    Schema,
}

/// <summary>The address of a read-only document that the server makes: <c>storylsp:/proposal/ID.md</c>, <c>storylsp:/before/ID/PATH</c>, <c>storylsp:/after/ID/PATH</c>, <c>storylsp:/schema/TYPE.yaml</c>.</summary>
/// <param name="Page">What it shows.</param>
/// <param name="Id">The proposal; the type of a schema.</param>
/// <param name="Path">The workspace-relative path of the file; empty for the page of the proposal.</param>
internal sealed record StoryAddress(StoryPage Page, string Id, string Path)
{
    /// <summary>The scheme.</summary>
    public const string Scheme = "storylsp";

    private const string PageEnd = ".md";
    private const string SchemaEnd = ".yaml";

    /// <summary>Reads an address; null where it is none of ours.</summary>
    public static StoryAddress? Parse(string uri)
    {
        if (!uri.StartsWith(Scheme + ":", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = uri[(Scheme.Length + 1)..].TrimStart('/').Split('/', 3);
        return parts switch
        {
            ["proposal", var page] when page.EndsWith(PageEnd, StringComparison.Ordinal) => new(StoryPage.Proposal, page[..^PageEnd.Length], ""),
            ["before", var id, var path] => new(StoryPage.Before, id, Uri.UnescapeDataString(path)),
            ["after", var id, var path] => new(StoryPage.After, id, Uri.UnescapeDataString(path)),
            ["schema", var file] when file.EndsWith(SchemaEnd, StringComparison.Ordinal) => new(StoryPage.Schema, file[..^SchemaEnd.Length], ""),
            _ => null,
        };
    }

    /// <summary>The address as it is sent.</summary>
    public override string ToString() => Page switch
    {
        StoryPage.Proposal => $"{Scheme}:/proposal/{Id}{PageEnd}",
        StoryPage.Schema => $"{Scheme}:/schema/{Id}{SchemaEnd}",
        StoryPage.Before => $"{Scheme}:/before/{Id}/{Escaped(Path)}",
        _ => $"{Scheme}:/after/{Id}/{Escaped(Path)}",
    };

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
