# Reads the aggregate report in a mail with Mail::DMARC, and prints what it understood. Namespaces, of which the packaged version
# knows nothing (it looks for elements without one), are taken off first; all else is left as it came.
#
# dmarcreport.pl FILE
use strict;
use warnings;

package Reader;
use parent 'Mail::DMARC::Report::Receive';

sub handle_body {
    my ($self, $xml) = @_;
    $xml =~ s/ xmlns="[^"]*"//;
    my $all = XML::LibXML->load_xml(string => $xml);
    $self->do_node_report_metadata($all->findnodes('/feedback/report_metadata'));
    $self->do_node_policy_published($all->findnodes('/feedback/policy_published'));
    $self->do_node_record($_) for $all->findnodes('/feedback/record');
    return 1;
}

package main;
open my $quiet, '>', '/dev/null' or die $!;
my $out = select $quiet;    # it prints the subject
my $reader = Reader->new;
my $type = $reader->from_file($ARGV[0]);
select $out;

my $report = $reader->report->aggregate;
my $meta = $report->metadata;
print "$type report by ", $meta->org_name, ' <', $meta->email, ">, id ", $meta->report_id, "\n";
print 'a whole day: ', ($meta->begin % 86400 == 0 && $meta->end - $meta->begin == 86399 ? 'yes' : 'no'), "\n";
my $policy = $report->policy_published;
print 'policy of ', $policy->domain, ': p=', $policy->p, ' adkim=', $policy->adkim, ' aspf=', $policy->aspf, "\n";
for my $record (@{ $report->record }) {
    my $row = $record->row;
    my $done = $row->policy_evaluated;
    print $row->count, ' from ', $row->source_ip, ' as ', $record->identifiers->header_from, ', envelope ',
        $record->identifiers->envelope_from, ': ', $done->disposition, ' dkim=', $done->dkim, ' spf=', $done->spf;
    print ' ', $_->type for @{ $done->reason || [] };
    print ' spf ', $_->domain, '=', $_->result for @{ $record->auth_results->spf };
    print "\n";
}
