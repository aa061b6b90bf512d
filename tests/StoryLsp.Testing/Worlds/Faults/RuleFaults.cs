namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>One way to write a fault, or what only looks like one.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Plant">Changes a clean world. It marks every text on which the one finding may stand, and throws <see cref="UnfitException"/> where the world has no place for it.</param>
/// <param name="Wants">What world it wants.</param>
public sealed record Shape(string Name, Action<World> Plant, Func<WorldOptions, WorldOptions> Wants);

/// <summary>The faults of one rule, written from the format's page alone.</summary>
/// <param name="code">The rule.</param>
public sealed class RuleFaults(string code)
{
    /// <summary>The rule.</summary>
    public string Code { get; } = code;

    /// <summary>The faults.</summary>
    public List<Shape> Faults { get; } = [];

    /// <summary>What is near a fault and is none: nothing may be found.</summary>
    public List<Shape> Decoys { get; } = [];

    /// <summary>How many scenes a world for it has at least: those that ask the story as a whole want more.</summary>
    public int Scenes { get; } = code.Split('/')[0] is "time" or "state" or "know" or "plot" or "mystery" ? 12 : 6;

    /// <summary>Whether one fault may be said at each of its places, as a name that occurs twice.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Adds a fault.</summary>
    public RuleFaults Fault(string name, Action<World> plant, Func<WorldOptions, WorldOptions>? wants = null)
    {
        Faults.Add(new(name, plant, wants ?? (options => options)));
        return this;
    }

    /// <summary>Adds what is no fault.</summary>
    public RuleFaults Decoy(string name, Action<World> plant, Func<WorldOptions, WorldOptions>? wants = null)
    {
        Decoys.Add(new(name, plant, wants ?? (options => options)));
        return this;
    }
}

/// <summary>The faults of all rules.</summary>
public static class FaultCatalogue
{
    /// <summary>One entry a rule.</summary>
    public static IReadOnlyList<RuleFaults> All { get; } =
    [
        .. SyntaxFaults.All(), .. SchemaFaults.All(), .. ReferenceFaults.All(), .. NameFaults.All(), .. TimeFaults.All(), .. PresenceFaults.All(), .. StateFaults.All(),
        .. KnowledgeFaults.All(), .. PlotFaults.All(), .. MysteryFaults.All(), .. BoardFaults.All(), .. SecretFaults.All(),
    ];
}
