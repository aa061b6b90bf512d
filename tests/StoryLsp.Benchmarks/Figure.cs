using System.Globalization;

namespace StoryLsp.Benchmarks;

/// <summary>What is compared with the limit.</summary>
internal enum Measure
{
    /// <summary>The measured value by the floor of the same run.</summary>
    Ratio,

    /// <summary>The measured value itself.</summary>
    Value,

    /// <summary>Nothing; the figure is there to be known.</summary>
    None,
}

/// <summary>One figure of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Measured">The value; null when it could not be measured.</param>
/// <param name="Unit">Its unit, also of the floor.</param>
/// <param name="Floor">What it is measured against in the same run; null when there is nothing of the kind.</param>
/// <param name="Measure">What the limit is for.</param>
/// <param name="Limit">The limit.</param>
internal sealed record Figure(string Name, double? Measured, string Unit, double? Floor, Measure Measure, double Limit)
{
    /// <summary>Why it could not be measured.</summary>
    public string? Reason { get; init; }

    /// <summary>A ratio that no load of the machine explains: above it the run fails even without <c>--strict</c>. Null where a clock decides.</summary>
    public double? Gate { get; init; }

    public bool IsSkipped => Measured is null;

    public bool IsShort => Compared > Limit;

    /// <summary>Whether something is there that must not be there at all: no busy machine makes a clean story have findings.</summary>
    public bool IsBroken => (Limit == 0 && Compared > 0) || Measured / (Floor ?? 1) > Gate;

    private double? Compared => Measure switch
    {
        Measure.Ratio => Measured / Floor,
        Measure.Value => Measured,
        _ => null,
    };

    /// <summary>The columns of its row.</summary>
    public string[] Row() =>
    [
        Name,
        Text(Measured) + (Measured is null ? "" : " " + Unit),
        Floor is null ? "" : Text(Floor) + " " + Unit,
        Floor is null ? "" : Text(Measured / Floor),
        Measure switch
        {
            Measure.Ratio => "\u2264 " + Text(Limit) + " \u00d7 floor",
            Measure.Value => "\u2264 " + Text(Limit) + " " + Unit,
            _ => "",
        },
        IsSkipped ? "skipped: " + Reason : Measure == Measure.None ? "" : IsShort ? "SHORT" : "ok",
    ];

    private static string Text(double? value) => value switch
    {
        null => "",
        >= 100 => value.Value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F2", CultureInfo.InvariantCulture),
    };
}
