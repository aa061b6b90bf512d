namespace StoryLsp.Testing.Worlds;

/// <summary>A person, and what is true of them.</summary>
public sealed class Person
{
    /// <summary>How it is written.</summary>
    public required Container Container { get; init; }

    /// <summary>Given name.</summary>
    public required string Given { get; init; }

    /// <summary>Family name.</summary>
    public required string Family { get; init; }

    /// <summary>Whether she is a woman.</summary>
    public required bool IsWoman { get; init; }

    /// <summary>Day of birth; null in a story without dates.</summary>
    public DateTime? Born { get; init; }

    /// <summary>What else the person is called; null where there is nothing.</summary>
    public string? Alias { get; init; }

    /// <summary>Colour of the eyes.</summary>
    public required string Eyes { get; init; }

    /// <summary>Colours of the hair, each with the scene from whose end on it holds (-1: from the beginning).</summary>
    public List<(int After, string Colour)> Hair { get; } = [];

    /// <summary>The linear scene in which this person dies, or a number above all.</summary>
    public int Dies { get; set; } = int.MaxValue;

    /// <summary>The id.</summary>
    public string Id => Container.Id;

    /// <summary>The full name.</summary>
    public string Name => Container.Name;

    /// <summary>The age on a day, in whole years.</summary>
    public int AgeAt(DateTime day) => day.Year - Born!.Value.Year - (day.Date < Born.Value.AddYears(day.Year - Born.Value.Year) ? 1 : 0);

    /// <summary>The colour of the hair in a scene.</summary>
    public string HairAt(int scene) => Hair.Last(hair => hair.After < scene).Colour;
}

/// <summary>A place.</summary>
public sealed class Place
{
    /// <summary>How it is written.</summary>
    public required Container Container { get; init; }

    /// <summary>The place that it lies in, or null.</summary>
    public Place? Within { get; init; }

    /// <summary>The last scene that may be set here, if it is destroyed then.</summary>
    public int Until { get; set; } = int.MaxValue;

    /// <summary>The outermost place around it, or itself.</summary>
    public Place Top => Within?.Top ?? this;

    /// <summary>The id.</summary>
    public string Id => Container.Id;

    /// <summary>The name.</summary>
    public string Name => Container.Name;
}

/// <summary>An item, and who has it.</summary>
public sealed class Item
{
    /// <summary>How it is written.</summary>
    public required Container Container { get; init; }

    /// <summary>Who has it from the end of which scene on (-1: from the beginning); null is nobody.</summary>
    public List<(int After, Person? Holder)> Holders { get; } = [];

    /// <summary>The id.</summary>
    public string Id => Container.Id;

    /// <summary>The name.</summary>
    public string Name => Container.Name;

    /// <summary>Who has it before a scene's own effects.</summary>
    public Person? HolderAt(int scene) => Holders.Last(holder => holder.After < scene).Holder;
}

/// <summary>A fact, and who knows it.</summary>
public sealed class Secret
{
    /// <summary>How it is written.</summary>
    public required Container Container { get; init; }

    /// <summary>Words that give it away.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>Who knows it, and in which scene they learned it (-1: from the start).</summary>
    public Dictionary<Person, int> Knows { get; } = [];

    /// <summary>The scene before which the reader must not know; -1 if there is none.</summary>
    public int SecretUntil { get; set; } = -1;

    /// <summary>The id.</summary>
    public string Id => Container.Id;
}

/// <summary>How the time of a scene is written.</summary>
public enum WhenForm
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Day and clock.</summary>
    Exact,

    /// <summary>The day alone.</summary>
    Day,

    /// <summary>A time after another scene.</summary>
    Relative,

    /// <summary>A span, or about a time.</summary>
    Vague,
}

/// <summary>A scene, and what is true in it.</summary>
public sealed class Scene
{
    /// <summary>How it is written.</summary>
    public required Container Container { get; init; }

    /// <summary>Its place in the narrative, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The number of its chapter, from 1.</summary>
    public int Chapter { get; set; } = 1;

    /// <summary>linear, flashback, dream, parallel or frame.</summary>
    public string Timeline { get; set; } = "linear";

    /// <summary>When it begins. In a story of days, day 1 is the first of January of the year 2001.</summary>
    public DateTime Start { get; set; }

    /// <summary>How long it lasts, in minutes; 0 where it is not said.</summary>
    public int Minutes { get; set; }

    /// <summary>How its time is written.</summary>
    public WhenForm Form { get; set; }

    /// <summary>Where it is.</summary>
    public required Place Place { get; set; }

    /// <summary>Through whose eyes.</summary>
    public required Person Pov { get; set; }

    /// <summary>Who is there, the point of view among them.</summary>
    public List<Person> Cast { get; } = [];

    /// <summary>Who is talked about.</summary>
    public List<Person> Mentions { get; } = [];

    /// <summary>Whether it is a linear scene.</summary>
    public bool IsLinear => Timeline == "linear";

    /// <summary>Whether its day and clock are written out.</summary>
    public bool IsExact => Form == WhenForm.Exact;

    /// <summary>Whether the day is written out.</summary>
    public bool HasDay => Form is WhenForm.Exact or WhenForm.Day;

    /// <summary>When it ends, as far as that is said.</summary>
    public DateTime End => Start.AddMinutes(Minutes);

    /// <summary>The prose.</summary>
    public List<string> Prose => Container.Prose;

    /// <summary>The id.</summary>
    public string Id => Container.Id;
}
