namespace StoryLsp.Continuity.Timeline;

/// <summary>An edge of the network: t(To) − t(From) ≤ Weight. It hangs in the lists of both of its nodes.</summary>
internal struct Edge
{
    public int From;
    public int To;
    public long Weight;

    /// <summary>Index of the constraint that it is a half of.</summary>
    public int Constraint;

    public int NextOut;
    public int PreviousOut;
    public int NextIn;
    public int PreviousIn;
}

/// <summary>The edges of a network, in flat arrays: adding and removing one costs the same however many a node has, and a copy is a copy of two arrays.</summary>
internal sealed class EdgeTable
{
    private Edge[] _edges;
    private int[] _firstOut;
    private int[] _firstIn;
    private int _count;
    private int _free = -1;

    public EdgeTable()
    {
        _edges = new Edge[16];
        _firstOut = [];
        _firstIn = [];
    }

    private EdgeTable(EdgeTable other)
    {
        _edges = (Edge[])other._edges.Clone();
        _firstOut = (int[])other._firstOut.Clone();
        _firstIn = (int[])other._firstIn.Clone();
        (_count, _free) = (other._count, other._free);
    }

    public ref readonly Edge this[int edge] => ref _edges[edge];

    public EdgeTable Copy() => new(this);

    public void Grow(int nodes)
    {
        if (nodes > _firstOut.Length)
        {
            var before = _firstOut.Length;
            Array.Resize(ref _firstOut, Math.Max(nodes, before * 2));
            Array.Resize(ref _firstIn, _firstOut.Length);
            Array.Fill(_firstOut, -1, before, _firstOut.Length - before);
            Array.Fill(_firstIn, -1, before, _firstIn.Length - before);
        }
    }

    public int FirstOut(int node) => _firstOut[node];

    public int FirstIn(int node) => _firstIn[node];

    public int Add(int from, int to, long weight, int constraint)
    {
        int edge;
        if (_free >= 0)
        {
            edge = _free;
            _free = _edges[edge].NextOut;
        }
        else
        {
            edge = _count++;
            if (edge == _edges.Length)
            {
                Array.Resize(ref _edges, _edges.Length * 2);
            }
        }

        _edges[edge] = new() { From = from, To = to, Weight = weight, Constraint = constraint, NextOut = _firstOut[from], NextIn = _firstIn[to], PreviousOut = -1, PreviousIn = -1 };
        if (_firstOut[from] >= 0)
        {
            _edges[_firstOut[from]].PreviousOut = edge;
        }

        if (_firstIn[to] >= 0)
        {
            _edges[_firstIn[to]].PreviousIn = edge;
        }

        return _firstOut[from] = _firstIn[to] = edge;
    }

    public void Remove(int edge)
    {
        ref var gone = ref _edges[edge];
        if (gone.PreviousOut >= 0)
        {
            _edges[gone.PreviousOut].NextOut = gone.NextOut;
        }
        else
        {
            _firstOut[gone.From] = gone.NextOut;
        }

        if (gone.NextOut >= 0)
        {
            _edges[gone.NextOut].PreviousOut = gone.PreviousOut;
        }

        if (gone.PreviousIn >= 0)
        {
            _edges[gone.PreviousIn].NextIn = gone.NextIn;
        }
        else
        {
            _firstIn[gone.To] = gone.NextIn;
        }

        if (gone.NextIn >= 0)
        {
            _edges[gone.NextIn].PreviousIn = gone.PreviousIn;
        }

        gone.NextOut = _free;
        _free = edge;
    }
}
