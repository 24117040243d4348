using System;

namespace DynamoBatch.Core.Wire;

/// <summary>Words the failures of a connection: where it goes, as whom, and what to do.</summary>
internal sealed class FaultTexts
{
    private readonly string? _region;
    private readonly string _host;
    private readonly CredentialSource _source;

    /// <summary>Creates the texts of a connection.</summary>
    /// <param name="url">The endpoint, where one is given; null for the region's own.</param>
    /// <param name="region">The region.</param>
    /// <param name="host">The host that requests go to.</param>
    /// <param name="source">Where the credentials came from.</param>
    public FaultTexts(string? url, string? region, string host, CredentialSource source)
    {
        Place = url is null ? $"in region {region}" : $"at {url}";
        _region = url is null ? region : null;
        _host = host;
        _source = source;
    }

    /// <summary>Such as "in region eu-west-1".</summary>
    public string Place { get; }

    /// <summary>Whether the endpoint was made up from a region that the SDK does not know: then there may be no such host.</summary>
    public bool IsGuess => _region is not null && !RegionNames.IsKnown(_region);

    /// <summary>Words a failure of a table or of the run.</summary>
    public DdbException Describe(Fault fault, string? table) => fault.Kind switch
    {
        FailureKind.TableNotFound => new DdbException(
            fault.Kind, $"Table '{table}' does not exist {Place}. Check the name, the region and the account of {_source.Name}."),
        FailureKind.AccessDenied => new DdbException(
            fault.Kind, $"Access to table '{table}' {Place} was denied for {_source.Name}. {fault.Message}"),
        FailureKind.CredentialsInvalid => DescribeCredentials(fault),
        FailureKind.TableNotActive => new DdbException(fault.Kind, $"Table '{table}' {Place} takes no writes. {fault.Message}"),
        _ => new DdbException(fault.Kind, $"No answer {Place}{Host}: {fault.Message.TrimEnd('.')}. {Advice(fault)}"),
    };

    private string Host => _region is null ? string.Empty : $" ({_host})";

    private DdbException DescribeCredentials(Fault fault) => new(
        fault.Kind,
        $"The credentials of {_source.Name} {(fault.Reached ? $"were not accepted {Place}" : "could not be obtained")}. {fault.Message.TrimEnd().TrimEnd('.')}. {_source.Renewal}");

    private string Advice(Fault fault)
    {
        if (fault.Reached || !IsGuess)
        {
            return fault.Untrusted
                ? "If an authority of your own has signed it, let this machine trust that authority."
                : "Check -Region, -EndpointUrl and the network.";
        }

        return $"Region '{_region}' is not known to this version's SDK."
            + (RegionNames.Nearest(_region!) is { } nearest ? $" Did you mean '{nearest}'?" : " Check -Region.");
    }
}
