using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Continuity.Timeline;

namespace StoryLsp.Continuity.Tests.Time;

public class TemporalNetworkTests
{
    private const int Nodes = 7;

    private static readonly IComparer<int> Order = Comparer<int>.Default;

    /// <summary>Few nodes and small numbers, so that contradictions are frequent.</summary>
    private static readonly Gen<TimeConstraint> Constraints =
        from a in Gen.Choose(0, Nodes - 1)
        from b in Gen.Choose(0, Nodes - 1)
        from least in Gen.Choose(-6, 6)
        from width in Gen.Choose(0, 4)
        from open in Gen.Choose(0, 3)
        from origin in Gen.Choose(0, 9)
        from priority in Gen.Choose(1, 3)
        select new TimeConstraint(a, b, open == 1 ? null : least, open == 2 ? null : least + width, origin, priority);

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Test]
    public void Bounds_are_those_of_Floyd_and_Warshall() => Check.One(Often, Prop.ForAll(Gen.ListOf(Constraints, 9).ToArbitrary(), constraints =>
    {
        var network = Made();
        var held = new List<TimeConstraint>();
        foreach (var constraint in constraints.OrderBy(constraint => constraint, Comparer<TimeConstraint>.Create((a, b) => TemporalNetwork.Compare(a, b, Order))))
        {
            network.Add(constraint, Order);
            if (Distances(held.Append(constraint)) is not null)
            {
                held.Add(constraint);
            }
        }

        AssertSame(network, Distances(held)!);
        var filled = Made();
        filled.Fill([.. constraints.OrderBy(constraint => constraint, Comparer<TimeConstraint>.Create((a, b) => TemporalNetwork.Compare(a, b, Order)))], Order);
        Assert.That(Shown(filled), Is.EqualTo(Shown(network)));
    }));

    [Test]
    public void However_a_network_came_about_it_is_the_same() => Check.One(Often, Prop.ForAll(Gen.Zip(Gen.ListOf(Constraints, 14), Gen.ListOf(Gen.Choose(0, 20), 8)).ToArbitrary(), pair =>
    {
        var network = Made();
        var indices = new List<(int Index, TimeConstraint Constraint)>();
        foreach (var constraint in pair.Item1)
        {
            indices.Add((network.Add(constraint, Order), constraint));
        }

        var before = network;
        var shown = Shown(before);
        network = network.Copy();
        foreach (var gone in pair.Item2.Where(gone => gone < indices.Count).ToList())
        {
            if (gone < indices.Count)
            {
                network.Remove(indices[gone].Index, Order);
                indices.RemoveAt(gone);
            }
        }

        var fresh = Made();
        foreach (var (_, constraint) in Enumerable.Reverse(indices))
        {
            fresh.Add(constraint, Order);
        }

        Assert.That(Shown(network), Is.EqualTo(Shown(fresh)));
        Assert.That(Shown(before), Is.EqualTo(shown), "A copy changed what it was copied from.");
    }));

    [Test]
    public void Every_one_of_a_minimal_set_is_needed() => Check.One(Often, Prop.ForAll(Gen.ListOf(Constraints, 12).ToArbitrary(), constraints =>
    {
        var network = Made();
        var indices = constraints.ToDictionary(constraint => network.Add(constraint, Order), constraint => constraint);
        foreach (var conflict in network.Conflicts)
        {
            var believed = indices.Where(pair => pair.Key == conflict.Constraint || (network.Conflicts.All(other => other.Constraint != pair.Key) && TemporalNetwork.Compare(pair.Value, indices[conflict.Constraint], Order) <= 0)).Select(pair => pair.Value).ToList();
            Assert.That(Distances(believed.Where(constraint => conflict.Origins.Contains(constraint.Origin))), Is.Null, "The set is no contradiction.");
            foreach (var origin in conflict.Origins)
            {
                var without = believed.Where(constraint => conflict.Origins.Contains(constraint.Origin) && constraint.Origin != origin);
                Assert.That(Distances(without), Is.Not.Null, $"{origin} is not needed.");
            }
        }
    }));

    [Test]
    public void What_is_entailed_is_so_by_the_path_that_is_named() => Check.One(Often, Prop.ForAll(Gen.ListOf(Constraints, 9).ToArbitrary(), constraints =>
    {
        var network = Made();
        foreach (var constraint in constraints)
        {
            network.Add(constraint, Order);
        }

        for (var a = 0; a < Nodes; a++)
        {
            for (var b = 0; b < Nodes; b++)
            {
                if (a != b && network.Most(a, b) is { } most)
                {
                    Assert.That(Distances(network.PathOf(a, b))![a, b], Is.LessThanOrEqualTo(most));
                }
            }
        }
    }));

    private static TemporalNetwork Made()
    {
        var network = new TemporalNetwork();
        while (network.NodeCount < Nodes)
        {
            network.AddNode();
        }

        return network;
    }

    private static string Shown(TemporalNetwork network) => string.Join('\n', Enumerable.Range(0, Nodes).SelectMany(a => Enumerable.Range(0, Nodes).Select(b => $"{a} {b} {network.Most(a, b)}"))) +
        string.Join('\n', network.Conflicts.Select(conflict => $"{network.ConstraintAt(conflict.Constraint)}: {string.Join(' ', conflict.Origins)}").Order());

    private static void AssertSame(TemporalNetwork network, long?[,] distances)
    {
        for (var a = 0; a < Nodes; a++)
        {
            for (var b = 0; b < Nodes; b++)
            {
                var expected = distances[a, b];
                Assert.That(network.Most(a, b), Is.EqualTo(expected), $"{a} to {b}");
                for (var most = -12; most <= 12; most += 3)
                {
                    Assert.That(network.Entails(a, b, most), Is.EqualTo(expected <= most), $"{a} to {b} at most {most}");
                }
            }

            Assert.That(network.Latest(a), Is.EqualTo(distances[0, a]));
            Assert.That(network.Earliest(a), Is.EqualTo(-distances[a, 0]));
            Assert.That(network.LatestFromDayOne(a), Is.EqualTo(distances[1, a]));
            Assert.That(network.EarliestFromDayOne(a), Is.EqualTo(-distances[a, 1]));
        }
    }

    /// <summary>All shortest distances; null when there is a negative cycle.</summary>
    private static long?[,]? Distances(IEnumerable<TimeConstraint> constraints)
    {
        var distances = new long?[Nodes, Nodes];
        for (var node = 0; node < Nodes; node++)
        {
            distances[node, node] = 0;
        }

        foreach (var constraint in constraints)
        {
            Lower(constraint.From, constraint.To, constraint.Most);
            Lower(constraint.To, constraint.From, -constraint.Least);
        }

        for (var k = 0; k < Nodes; k++)
        {
            for (var i = 0; i < Nodes; i++)
            {
                for (var j = 0; j < Nodes; j++)
                {
                    Lower(i, j, distances[i, k] + distances[k, j]);
                }
            }
        }

        return Enumerable.Range(0, Nodes).Any(node => distances[node, node] < 0) ? null : distances;

        void Lower(int a, int b, long? to)
        {
            if (to is { } known && !(distances[a, b] <= known))
            {
                distances[a, b] = known;
            }
        }
    }
}
