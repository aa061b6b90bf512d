using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Features.Refactorings;

/// <summary>A chapter, however the story has it: a container, a number that its scenes say, a part of the manuscript's list, a heading, a file or a folder.</summary>
internal sealed partial class ChapterPart(string key, string? label)
{
    /// <summary>What tells it from other chapters.</summary>
    public string Key => key;

    /// <summary>The container of type <c>chapter</c>; null where there is none.</summary>
    public Container? Container { get; set; }

    /// <summary>The number that the container or the scenes say; null where they say none.</summary>
    public decimal? Written { get; set; }

    /// <summary>The number that is said, or else that its heading, file or folder has.</summary>
    public decimal? Number => Written ?? InTitle(Title) ?? Homes.Select(InPath).FirstOrDefault(number => number is not null);

    /// <summary>Its scenes in the order of reading.</summary>
    public List<Container> Scenes { get; } = [];

    /// <summary>The heading above its scenes, or that makes the container; null where there is none of its own.</summary>
    public HeadingFact? Heading { get; set; }

    /// <summary>Workspace-relative path of the file with the heading.</summary>
    public string? HeadingPath { get; set; }

    /// <summary>The files and folders that hold this chapter and nothing of another; workspace-relative.</summary>
    public List<string> Homes { get; } = [];

    /// <summary>What it is called in titles.</summary>
    public string Name => Title ?? label ?? (Homes.Count > 0 ? FileSet.StemOf(Homes[0]) : Scenes.Count > 0 ? $"{Scenes[0].Name} …" : key);

    private string? Title => Container?.Name ?? Heading?.Text;

    /// <summary>A number as a field has it; null for anything else.</summary>
    public static decimal? NumberOf(string? text) => Chapters.NumberOf(text);

    /// <summary>The digits of the number in a title such as <c>Chapter 3</c> or <c>3. The Fall</c>, which may stand in quotes; null where it has none.</summary>
    public static Group? DigitsInTitle(string title) => Titled().Match(title) is { Success: true } match ? match.Groups["number"] : null;

    /// <summary>The digits of the number at the beginning of an id or of the last name of a path, as in <c>chapter-3</c> and <c>03 The Fall.md</c>; null where it has none.</summary>
    public static Group? DigitsInName(string name) => Named().Match(name) is { Success: true } match ? match.Groups["number"] : null;

    /// <summary>The number of a path's last name.</summary>
    public static decimal? InPath(string path) => NumberOf(DigitsInName(path[(path.LastIndexOf('/') + 1)..])?.Value);

    private static decimal? InTitle(string? title) => title is null ? null : NumberOf(DigitsInTitle(title)?.Value);

    // A number alone, with a sign behind it, or behind one word; `3 Days Later` has none.
    [GeneratedRegex("""^["']?(?:\p{L}{1,30} (?<number>\d{1,6})(?=["']?$|\s?[.:)–—-])|(?<number>\d{1,6})(?=["']?$|[.:)]|\s[–—-]\s))""", RegexOptions.CultureInvariant)]
    private static partial Regex Titled();

    [GeneratedRegex(@"^(?:\p{L}{1,30}[ _-]?)?(?<number>\d{1,6})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
