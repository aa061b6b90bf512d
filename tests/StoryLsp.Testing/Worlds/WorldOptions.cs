namespace StoryLsp.Testing.Worlds;

/// <summary>How the files of a world lie.</summary>
public enum SceneLayout
{
    /// <summary>A Markdown file each, with front matter.</summary>
    Files,

    /// <summary>Chapter files, each scene under a heading with a <c>story</c> fence.</summary>
    Chapters,
}

/// <summary>How a workspace calls the fields of a scene.</summary>
public enum SceneKeys
{
    /// <summary>As the format does.</summary>
    Plain,

    /// <summary>With capitals, as in an Obsidian vault.</summary>
    Capitals,

    /// <summary>By names of its own, which <c>fields</c> in <c>story.yaml</c> gives.</summary>
    Own,
}

/// <summary>How the entries of a type are written.</summary>
public enum EntryLayout
{
    /// <summary>A YAML file each.</summary>
    Files,

    /// <summary>Several YAML documents in one file.</summary>
    Documents,

    /// <summary>One list in one file.</summary>
    Collection,

    /// <summary>One map in one file, whose keys are the ids, as <c>collections</c> in <c>story.yaml</c> says.</summary>
    Mapping,

    /// <summary>A Markdown note each.</summary>
    Notes,
}

/// <summary>What world is wanted. What is null is the seed's to choose.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Scenes">How many scenes, from 5.</param>
public sealed record WorldOptions(int Seed, int Scenes)
{
    /// <summary>Whether lines end with CR LF.</summary>
    public bool? Crlf { get; init; }

    /// <summary>Whether the story says that it is complete.</summary>
    public bool? Complete { get; init; }

    /// <summary>Whether the story has days (<c>Day 3</c>) in place of dates.</summary>
    public bool? Days { get; init; }

    /// <summary>Whether there is a <c>story.yaml</c>; there is unless this is false.</summary>
    public bool? Settings { get; init; }

    /// <summary>How this workspace calls the fields of a scene.</summary>
    public SceneKeys? Keys { get; init; }

    /// <summary>Whether the story has a calendar of its own. It is a story without dates of this world then.</summary>
    public bool? Calendar { get; init; }

    /// <summary>Whether all linear scenes have an exact date and time, none a relative or vague one.</summary>
    public bool? Exact { get; init; }

    /// <summary>How scenes are written.</summary>
    public SceneLayout? Layout { get; init; }

    /// <summary>How entries of all other types are written.</summary>
    public EntryLayout? Entries { get; init; }

    /// <summary>Whether every id is written.</summary>
    public bool? Ids { get; init; }

    /// <summary>Whether the narrative order stands in <c>story.yaml</c>.</summary>
    public bool? Manuscript { get; init; }

    /// <summary>Whether scenes have headings as a script has.</summary>
    public bool? Headings { get; init; }

    /// <summary>Whether there is a Fountain file besides.</summary>
    public bool? Fountain { get; init; }

    /// <summary>The first year of the story; from 1919 on, a weekday beside a date is looked at.</summary>
    public int? Year { get; init; }
}
